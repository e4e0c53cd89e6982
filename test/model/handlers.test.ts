import * as fc from "fast-check";
import { expect, test } from "vitest";
import { belowClients, rates } from "./commands.ts";
import { tell } from "./run.ts";
import { createWeather } from "./weather.ts";

test("whatever fails when, an ack stands for one message, which nobody skips", async () => {
  const story = fc.record({ names: fc.constant([]), rates, commands: belowClients });
  const property = fc.asyncProperty(story, fc.nat(), async (story, seed) => {
    expect((await tell(story, createWeather(seed))).wrong).toEqual([]);
  });
  await fc.assert(property, { numRuns: 300 });
}, 120_000);
