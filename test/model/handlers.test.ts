import * as fc from "fast-check";
import { expect, test } from "vitest";
import { tell } from "./run.ts";
import { belowClients } from "./stories.ts";
import { createWeather } from "./weather.ts";

test("whatever fails when, an ack stands for one message, which nobody skips", async () => {
  const property = fc.asyncProperty(belowClients, fc.nat(), async (story, seed) => {
    expect((await tell(story, createWeather(seed))).wrong).toEqual([]);
  });
  await fc.assert(property, { numRuns: 300 });
}, 120_000);
