import * as fc from "fast-check";
import { expect, test } from "vitest";
import { everything, PEOPLE, rates } from "./commands.ts";
import { tell } from "./run.ts";

test("whatever fails when, an application gets every message of its room once, in order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ commands: everything, seed: fc.nat(), rates, names: fc.constant(PEOPLE) }),
      async (story) => {
        expect(await tell(story)).toEqual([]);
      },
    ),
    { numRuns: 100 },
  );
}, 120_000);
