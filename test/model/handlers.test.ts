import * as fc from "fast-check";
import { expect, test } from "vitest";
import { rates, raw } from "./commands.ts";
import { tell } from "./run.ts";

test("whatever fails when, an ack stands for one message, which nobody skips", async () => {
  await fc.assert(
    fc.asyncProperty(fc.record({ commands: raw, seed: fc.nat(), rates, names: fc.constant([]) }), async (story) => {
      expect(await tell(story)).toEqual([]);
    }),
    { numRuns: 300 },
  );
}, 120_000);
