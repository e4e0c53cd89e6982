import * as fc from "fast-check";
import { expect, test } from "vitest";
import { belowClients, rates } from "./commands.ts";
import { tell } from "./run.ts";

test("whatever fails when, an ack stands for one message, which nobody skips", async () => {
  const story = fc.record({ commands: belowClients, seed: fc.nat(), rates, names: fc.constant([]) });
  const property = fc.asyncProperty(story, async (story) => expect((await tell(story)).wrong).toEqual([]));
  await fc.assert(property, { numRuns: 300 });
}, 120_000);
