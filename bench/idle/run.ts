import { setTimeout as sleep } from "node:timers/promises";
import { onInspectedRuntime } from "../inspected.ts";
import type { Memory } from "../memory.ts";
import { type CrowdProcess, type RoundSeen, startCrowd } from "../rooms/crowd-process.ts";
import { WIDE_LIMITS } from "../wide-limits.ts";
import { connectDeaf } from "./deaf.ts";

const ROOM = "readers";
const READERS = 20;
/** Almost a frame of 32 KB each: more than the operating system and API Gateway keep for a client that does not read. */
const DATA = "x".repeat(28_000);
/** Alone as many before as after, so that what changes over the run changes for both. */
const MESSAGES = { alone: 100, beside: 200 };
const PATIENCE_MS = 30_000;
/** What is refused first waits this long to be cut, and a little for the machine. */
const CUT_WITHIN_MS = 60_000;
const SETTLE_MS = 3_000;

/** What was measured. */
export interface Idle {
  readonly connections: number;
  readonly connectsPerSecond: number;
  readonly before: Memory;
  readonly after: Memory;
  readonly alone: readonly RoundSeen[];
  readonly beside: readonly RoundSeen[];
  /** When the deaf client was cut, in milliseconds since it came; undefined where it was not. */
  readonly cutMs: number | undefined;
}

/** Opens idle connections, and beside them a room of readers, without and with one that never reads. */
export const idleRun = (connections: number): Promise<Idle> =>
  onInspectedRuntime(async ({ runtime, memory }) => {
    const readers = await startCrowd(
      runtime.endpoint,
      Array.from({ length: READERS + 1 }, () => [ROOM]),
    );
    let idle: CrowdProcess | undefined;
    try {
      // What grows with the first messages, and not with connections, is there before.
      await publish(readers, MESSAGES.alone / 2);
      const before = await memory();
      idle = await startCrowd(
        runtime.endpoint,
        Array.from({ length: connections }, (_, n) => [`idle ${n}`]),
      );
      await sleep(SETTLE_MS);
      const after = await memory();
      const first = await publish(readers, MESSAGES.alone);
      const deaf = await connectDeaf(runtime, ROOM);
      const beside = await publish(readers, MESSAGES.beside);
      const cutMs = await deaf.cut(CUT_WITHIN_MS);
      deaf.leave();
      const alone = [...first, ...(await publish(readers, MESSAGES.alone))];
      return { connections, connectsPerSecond: idle.connectsPerSecond, before, after, alone, beside, cutMs };
    } finally {
      await Promise.all([readers.stop(), idle?.stop()]);
    }
  }, WIDE_LIMITS);

/** One message after the other, each when all readers have the one before. */
const publish = async (readers: CrowdProcess, messages: number): Promise<RoundSeen[]> => {
  const seen: RoundSeen[] = [];
  for (let n = 0; n < messages; n++)
    seen.push(await readers.publish({ rooms: [ROOM], data: DATA, patienceMs: PATIENCE_MS }));
  return seen;
};
