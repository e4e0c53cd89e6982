import * as fc from "fast-check";
import { expect, test } from "vitest";
import { tell } from "./run.ts";
import { afterHours, untroubled, withClients } from "./stories.ts";
import { createWeather } from "./weather.ts";

test.each([
  ["whatever fails when", withClients, 150],
  ["while connections are renewed", afterHours, 10],
])(
  "%s, an application gets every message of its room once, in order",
  async (_when, stories, numRuns) => {
    const property = fc.asyncProperty(stories, fc.nat(), async (story, seed) => {
      expect((await tell(story, createWeather(seed))).wrong).toEqual([]);
    });
    await fc.assert(property, { numRuns });
  },
  120_000,
);

test("where nothing fails, an application gets every message as it is delivered, and fetches none", async () => {
  const property = fc.asyncProperty(untroubled, fc.nat(), async (story, seed) => {
    expect(await tell(story, createWeather(seed))).toMatchObject({ wrong: [], late: [] });
  });
  await fc.assert(property, { numRuns: 50 });
}, 120_000);
