import * as fc from "fast-check";
import { expect, test } from "vitest";
import { everything, PEOPLE, rates, untroubled } from "./commands.ts";
import { tell } from "./run.ts";
import { createWeather } from "./weather.ts";

const names = fc.constant(PEOPLE);

test("whatever fails when, an application gets every message of its room once, in order", async () => {
  const story = fc.record({ names, rates, commands: everything });
  const property = fc.asyncProperty(story, fc.nat(), async (story, seed) => {
    expect((await tell(story, createWeather(seed))).wrong).toEqual([]);
  });
  await fc.assert(property, { numRuns: 150 });
}, 120_000);

test("where nothing fails, an application gets every message as it is delivered, and fetches none", async () => {
  const story = fc.record({ names, rates: fc.constant({}), commands: untroubled });
  const property = fc.asyncProperty(story, fc.nat(), async (story, seed) => {
    expect(await tell(story, createWeather(seed))).toMatchObject({ wrong: [], late: [] });
  });
  await fc.assert(property, { numRuns: 50 });
}, 120_000);
