import { plainLoad } from "../load-process.ts";
import { onRuntime } from "../on-runtime.ts";
import { median } from "../statistics.ts";
import { WIDE_LIMITS } from "../wide-limits.ts";
import { type RoundSeen, startCrowd } from "./crowd-process.ts";
import { type Summary, summarize } from "./seen.ts";
import { DATA, PATIENCE_MS } from "./settings.ts";

/** What one room of many members took, beside the plain SDK's rate on the same sockets. */
export interface OneRoom {
  readonly members: number;
  readonly connectsPerSecond: number;
  readonly memoryBytes: number;
  readonly seen: Summary;
  /** Of each message, in order; the first warms up what runs often, and counts in no other figure. */
  readonly deliveriesPerSecond: readonly number[];
  /** Posts a second of the SDK's client as it comes, in a process of its own: one after another, and 40 at once. */
  readonly plain: { readonly oneByOne: number; readonly fortyAtOnce: number };
}

const ROOM = "one room";
/** What the plain client posts one after another, at most: it takes long, and longer tells no more. */
const ONE_BY_ONE = 2_000;

/**
 * One room: four messages, and between them the plain SDK's turns, so that a slow moment of the machine falls on both.
 * @param members how many get each message
 */
export const oneRoom = (members: number): Promise<OneRoom> =>
  onRuntime(async ({ endpoint, sdk, memoryBytes }) => {
    const crowd = await startCrowd(
      endpoint,
      Array.from({ length: members + 1 }, () => [ROOM]),
    );
    try {
      const publish = () => crowd.publish({ rooms: [ROOM], data: DATA, patienceMs: PATIENCE_MS });
      const plain = async (atOnce: number, posts: number) => {
        const load = { sdk: await sdk(), callbackUrl: endpoint.replace(/^ws/, "http"), room: ROOM, frame: FRAME };
        return (await plainLoad({ ...load, atOnce, posts })).postsPerSecond;
      };
      const first = await publish();
      const rounds: RoundSeen[] = [await publish()];
      const oneByOne = await plain(1, Math.min(members, ONE_BY_ONE));
      rounds.push(await publish());
      const fortyAtOnce = await plain(40, members);
      rounds.push(await publish());
      const rate = (round: RoundSeen) => summarize([round]).deliveriesPerSecond;
      return {
        members,
        connectsPerSecond: crowd.connectsPerSecond,
        memoryBytes: await memoryBytes(),
        seen: { ...summarize([...rounds]), missing: summarize([first, ...rounds]).missing },
        deliveriesPerSecond: [first, ...rounds].map(rate),
        plain: { oneByOne, fortyAtOnce },
      };
    } finally {
      await crowd.stop();
    }
  }, WIDE_LIMITS);

/** As large as the frame of a message, and no message: it counts as no delivery. */
const FRAME = JSON.stringify({
  type: "plain",
  id: "01JD8ZK5T0G9V3Q6M2XWYB7RCE",
  room: ROOM,
  seq: 1,
  from: { id: "0123456789abcdef0123456789abcdef", name: "Somebody" },
  data: DATA,
  received: 1_780_000_000_000,
});

/** How many times the plain client's rate ours is; ours is the median message's. */
export const timesPlain = ({ deliveriesPerSecond: [, ...counted], plain }: OneRoom) => ({
  oneByOne: median(counted) / plain.oneByOne,
  fortyAtOnce: median(counted) / plain.fortyAtOnce,
});
