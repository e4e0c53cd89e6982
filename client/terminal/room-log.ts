import type { Head } from "./server-frames.ts";

/** Which of a room's numbers have come, so that each message is shown once and a missing one is noticed. */
export interface RoomLog {
  /** Undefined until the server has said it: a message may come before the answer to `join`. */
  readonly epoch: string | undefined;
  /** The highest number known of. */
  readonly highest: number;
  /** The numbers that came last, oldest first. */
  readonly seen: readonly number[];
  /** Numbers below the highest that had not come at that time (Unix time in milliseconds). */
  readonly gaps: readonly { readonly from: number; readonly to: number; readonly since: number }[];
}

/** Repeats come within the minutes that deliveries are retried: numbers older than these are not remembered. */
const REMEMBERED = 1000;
/** Frames may come out of order: how long a number may take before it is called missing. */
const PATIENCE_MS = 3_000;

/** Takes in a message's number. Returns undefined for a repeat. */
export const arrived = (log: RoomLog | undefined, seq: number, now: number): RoomLog | undefined => {
  if (log?.seen.includes(seq)) return undefined;
  const { epoch, highest, seen, gaps } = log ?? { epoch: undefined, highest: seq, seen: [], gaps: [] };
  const skipped = seq > highest + 1 ? [{ from: highest + 1, to: seq - 1, since: now }] : [];
  return {
    epoch,
    highest: Math.max(highest, seq),
    seen: [...seen, seq].slice(-REMEMBERED),
    gaps: [...gaps, ...skipped],
  };
};

/** Takes in how far the server says the room is. `restarted` if its numbers are not those known so far. */
export const caughtUp = (log: RoomLog | undefined, head: Head, now: number): { log: RoomLog; restarted: boolean } => {
  const restarted = log?.epoch !== undefined && log.epoch !== head.epoch;
  if (!log || restarted) return { log: { epoch: head.epoch, highest: head.seq, seen: [], gaps: [] }, restarted };
  const behind = head.seq > log.highest ? [{ from: log.highest + 1, to: head.seq, since: now }] : [];
  return {
    log: { ...log, epoch: head.epoch, highest: Math.max(log.highest, head.seq), gaps: [...log.gaps, ...behind] },
    restarted,
  };
};

/** Gives up on numbers that have had their time. @returns how many have not come */
export const givenUp = (log: RoomLog, now: number): { log: RoomLog; missed: number } => {
  const due = log.gaps.filter((gap) => now - gap.since >= PATIENCE_MS);
  if (due.length === 0) return { log, missed: 0 };
  const came = (gap: (typeof due)[number]) => log.seen.filter((seq) => seq >= gap.from && seq <= gap.to).length;
  return {
    log: { ...log, gaps: log.gaps.filter((gap) => !due.includes(gap)) },
    missed: due.reduce((sum, gap) => sum + gap.to - gap.from + 1 - came(gap), 0),
  };
};
