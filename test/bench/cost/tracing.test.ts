import { expect, test } from "vitest";
import { tracedMessages, tracedShare } from "../../../bench/cost/tracing.ts";

test.each([
  [0.2, 1],
  [1, 1],
  [21, 2 / 21],
  [1e9, 0.05],
])("of %d requests a second Lambda traces one and 5 % of the rest", (perSecond, share) => {
  expect(tracedShare(perSecond)).toBeCloseTo(share);
});

test("of messages that Lambda has not sampled, 5 % are traced too", () => {
  expect([0, 0.05, 1].map(tracedMessages)).toEqual([0.05, expect.closeTo(0.0975), 1]);
});
