import { PROCESSOR } from "../figures.ts";
import { inPublisher } from "./in-publisher.ts";
import { createSdk } from "./sdk.ts";
import type { Strategy } from "./strategy.ts";

/** Memory as Lambda's default: the template does not say. */
const PUBLISHER = { name: "publish", memoryMb: 128, timeoutMs: 15_000 };

/** The chat in Go that Roomcast began as. */
export const sequential: Strategy = {
  name: "sequential",
  what: "the publishing function queries the room's index and posts to one connection after the other, 15 s at most",
  publish: (world, room) =>
    inPublisher(world, PUBLISHER, async (environment) => {
      const sdk = createSdk(world, room, environment, PROCESSOR.goPostMs);
      const { members } = world.rooms[room]!;
      for (let member = 0, end = 0; member < members && !environment.hasEnded(); member++) {
        if (member === end) end = await sdk.page(end);
        await sdk.post(member);
      }
    }),
};
