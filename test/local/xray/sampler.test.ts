import { expect, test } from "vitest";
import { createSampler } from "../../../local/xray/sampler.ts";
import { manualClock } from "../../support/manual-clock.ts";

test("of the requests of one second the first is sampled, and 5 % of the rest", async () => {
  const clock = manualClock();
  const dice = [0.05, 0.049];
  const sample = createSampler({ clock, random: () => dice.shift()! });
  expect([sample(), sample(), sample()]).toEqual([true, false, true]);
  await clock.advance(1_000);
  expect(sample()).toBe(true);
});
