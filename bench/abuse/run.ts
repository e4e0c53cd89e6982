import { setTimeout as sleep } from "node:timers/promises";
import { abuseLoad } from "../load-process.ts";
import { onRuntime } from "../on-runtime.ts";
import { type CrowdProcess, type RoundSeen, startCrowd } from "../rooms/crowd-process.ts";
import type { Abuse, Abused } from "./abusers.ts";

const ROOM = "the third room";
const ABUSED = ["abused by one", "abused by another"] as const;
const MEMBERS = 10;
/** As people talk, and fewer than a connection may send. */
const EVERY_MS = 200;
const DATA = "x".repeat(254);
const PATIENCE_MS = 30_000;
/** Not measured: a function's environments are started as they are needed, and take seconds of a processor. */
const WARM_UP_S = 6;
/** Until the abuse is in full swing, and until nothing of it is left. */
const SWING_MS = 2_000;

/**
 * What a room may have of an account's 10,000 posts a second, brought to a machine that makes 800: a twelfth. With the
 * account's limits two rooms could use up the machine rightfully. All other limits are those that Roomcast comes with.
 */
const ROOM_LIMITS = Object.entries({
  roomMessagesPerSecond: 4,
  roomRecipientsPerSecond: 400,
  roomRecipientsBurst: 800,
}).flatMap(([key, value]) => ["--context", `${key}=${value}`]);

/** What the third room had, and what the abusers did. */
export interface AbuseRun {
  readonly alone: readonly RoundSeen[];
  readonly beside: readonly RoundSeen[];
  readonly after: readonly RoundSeen[];
  readonly abused: Abused;
}

/** A room alone, beside two that are abused, and alone again. */
export const abuseRun = ({
  seconds,
  ...how
}: Pick<Abuse, "seconds" | "abusers" | "rate" | "seed">): Promise<AbuseRun> =>
  onRuntime(async ({ endpoint }) => {
    const members = await startCrowd(
      endpoint,
      Array.from({ length: MEMBERS + 1 }, () => [ROOM]),
    );
    try {
      const attack = { ...how, endpoint, rooms: ABUSED, other: ROOM };
      await abuseLoad({ ...attack, seconds: WARM_UP_S });
      await sleep(SWING_MS);
      const alone = await talk(members, seconds);
      const abusing = abuseLoad({ ...attack, seconds: seconds + 2 * (SWING_MS / 1000) });
      await sleep(SWING_MS);
      const beside = await talk(members, seconds);
      const abused = await abusing;
      await sleep(SWING_MS);
      return { alone, beside, after: await talk(members, seconds), abused };
    } finally {
      await members.stop();
    }
  }, ROOM_LIMITS);

const talk = async (members: CrowdProcess, seconds: number): Promise<RoundSeen[]> => {
  const seen: RoundSeen[] = [];
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    const next = sleep(EVERY_MS);
    seen.push(await members.publish({ rooms: [ROOM], data: DATA, patienceMs: PATIENCE_MS }));
    await next;
  }
  return seen;
};
