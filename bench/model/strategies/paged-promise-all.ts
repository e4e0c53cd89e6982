import { PROCESSOR } from "../figures.ts";
import { inPublisher } from "./in-publisher.ts";
import { createSdk, membersBetween } from "./sdk.ts";
import type { Strategy } from "./strategy.ts";

/** One whole processor: Node would use no more, and with less the strategy is slower. */
const PUBLISHER = { name: "publish", memoryMb: PROCESSOR.mbOfOne, timeoutMs: 29_000 };

/** The strongest of what peers do today. */
export const pagedPromiseAll: Strategy = {
  name: "paged Promise.all",
  what: "one function with a whole processor queries the index by pages, each posted to by Promise.all, 29 s at most",
  publish: (world, room) =>
    inPublisher(world, PUBLISHER, async (environment) => {
      const sdk = createSdk(world, room, environment);
      const { members } = world.rooms[room]!;
      for (let first = 0; first < members && !environment.hasEnded(); ) {
        const next = await sdk.page(first);
        await sdk.postAll(membersBetween(first, next));
        first = next;
      }
    }),
};
