import * as fc from "fast-check";
import { expect, test } from "vitest";
import { everything, PEOPLE, rates, untroubled } from "./commands.ts";
import { tell } from "./run.ts";

const names = fc.constant(PEOPLE);

test("whatever fails when, an application gets every message of its room once, in order", async () => {
  const story = fc.record({ commands: everything, seed: fc.nat(), rates, names });
  const property = fc.asyncProperty(story, async (story) => expect((await tell(story)).wrong).toEqual([]));
  await fc.assert(property, { numRuns: 150 });
}, 120_000);

test("where nothing fails, an application gets every message as it is delivered, and fetches none", async () => {
  const story = fc.record({ commands: untroubled, seed: fc.nat(), rates: fc.constant({}), names });
  const property = fc.asyncProperty(story, async (story) => expect(await tell(story)).toEqual({ wrong: [], late: [] }));
  await fc.assert(property, { numRuns: 50 });
}, 120_000);
