import { inPublisher } from "./in-publisher.ts";
import { createSdk, membersBetween } from "./sdk.ts";
import type { Strategy } from "./strategy.ts";

/**
 * `infrastructure/lib/websocket-stack.ts` of github.com/aws-samples/websocket-chat-application gives neither memory
 * nor timeout: the defaults.
 */
const PUBLISHER = { name: "publish", memoryMb: 128, timeoutMs: 3_000 };

/** AWS's chat sample in TypeScript. Its table has no other rooms here, which is in its favour: it scans all of it. */
export const promiseAll: Strategy = {
  name: "Promise.all",
  what: "one function of 128 MB scans all connections and posts to them by Promise.all, 3 s at most",
  publish: (world, room) =>
    inPublisher(world, PUBLISHER, async (environment) => {
      const sdk = createSdk(world, room, environment);
      const { members } = world.rooms[room]!;
      for (let end = 0; end < members && !environment.hasEnded(); ) end = await sdk.page(end);
      await sdk.postAll(membersBetween(0, members));
    }),
};
