import type { PastMessage } from "./answers.ts";
import { fitting } from "./frame-size.ts";

/** A settled number of a room: the message that has it, or none, where it is sealed. */
export interface Numbered {
  readonly seq: number;
  readonly message?: PastMessage;
}

/** What was found in the range up to `upTo`, in ascending order. */
export interface Page {
  readonly found: readonly Numbered[];
  readonly upTo: number;
}

/** What is to be done before a page can be answered. */
export interface Gaps {
  /** Numbers that nothing was found at, and that are to be sealed. */
  readonly missing: readonly number[];
  /** How far the page goes. */
  readonly upTo: number;
  /** Whether messages below the first that was found have, or may have, expired. */
  readonly gone: boolean;
}

/** How many numbers one page settles: each is a write. */
export const MAX_SETTLED = 100;

/**
 * Decides what a page lacks. Numbers are taken in the order of time, so whatever is missing behind something that has
 * not expired has not expired either: it was never saved. What is missing before it was never saved, or has expired,
 * and only the part that somebody might still be saving is settled.
 * @param after the page begins behind this number
 * @param startsLive whether the number that the page begins behind, or one below it, is found and has not expired
 */
export const gapsOf = (after: number, { found, upTo }: Page, startsLive: boolean): Gaps => {
  const first = found[0]?.seq ?? upTo + 1;
  const gone = !startsLive && first > after + 1;
  const from = gone ? Math.max(after + 1, first - MAX_SETTLED) : after + 1;
  const present = new Set(found.map(({ seq }) => seq));
  const missing: number[] = [];
  for (let seq = from; seq <= upTo; seq++) {
    if (present.has(seq)) continue;
    if (missing.length === MAX_SETTLED) return { missing, upTo: seq - 1, gone };
    missing.push(seq);
  }
  return { missing, upTo, gone };
};

/** The settled numbers of a page in order, as many as fit into `bytes` of JSON. */
export const fitted = (entries: readonly Numbered[], bytes: number): readonly Numbered[] => {
  const sorted = entries.toSorted((one, other) => one.seq - other.seq);
  return fitting(sorted, bytes, ({ seq, message }) => message ?? seq);
};
