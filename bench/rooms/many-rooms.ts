import { onRuntime } from "../on-runtime.ts";
import { WIDE_LIMITS } from "../wide-limits.ts";
import { startCrowd } from "./crowd-process.ts";
import { type Summary, summarize } from "./seen.ts";
import { DATA, PATIENCE_MS } from "./settings.ts";

/** What rooms of two sizes took that lie in the same table, publishing all at once. */
export interface ManyRooms {
  readonly large: { readonly rooms: number; readonly members: number };
  readonly small: { readonly rooms: number; readonly members: number };
  readonly connectsPerSecond: number;
  readonly memoryBytes: number;
  /** All large rooms publish, and nobody else. */
  readonly largeAlone: Summary;
  readonly smallAlone: Summary;
  /** All rooms publish at once: what the large ones took, and what the small ones. */
  readonly largeBeside: Summary;
  readonly smallBeside: Summary;
}

/**
 * Every connection is in one large room and in one small one.
 * @param connections in all; rooms are as many as they fill
 */
export const manyRooms = (connections: number, largeSize: number, smallSize: number): Promise<ManyRooms> =>
  onRuntime(async ({ endpoint, memoryBytes }) => {
    const large = names("large", Math.ceil(connections / largeSize));
    const small = names("small", Math.ceil(connections / smallSize));
    // Neighbours in a small room are in different large rooms, whose publishers are thus others than its own.
    const members = Array.from({ length: connections }, (_, n) => [
      large[n % large.length] ?? "",
      small[Math.floor(n / smallSize)] ?? "",
    ]);
    const crowd = await startCrowd(endpoint, members);
    try {
      const publish = (rooms: readonly string[]) => crowd.publish({ rooms, data: DATA, patienceMs: PATIENCE_MS });
      const largeAlone = await publish(large);
      const smallAlone = await publish(small);
      const both = await publish([...large, ...small]);
      const of = (wanted: readonly string[]) => {
        const known = new Set(wanted);
        return summarize([{ ...both, rooms: both.rooms.filter(({ room }) => known.has(room)) }]);
      };
      return {
        large: { rooms: large.length, members: largeSize },
        small: { rooms: small.length, members: smallSize },
        connectsPerSecond: crowd.connectsPerSecond,
        memoryBytes: await memoryBytes(),
        largeAlone: summarize([largeAlone]),
        smallAlone: summarize([smallAlone]),
        largeBeside: of(large),
        smallBeside: of(small),
      };
    } finally {
      await crowd.stop();
    }
  }, WIDE_LIMITS);

const names = (kind: string, count: number) => Array.from({ length: count }, (_, n) => `${kind} ${n}`);
