import { expect, test } from "vitest";
import { tracedShare } from "../../../bench/cost/tracing.ts";

test.each([
  [0.2, 1],
  [1, 1],
  [21, 2 / 21],
  [1e9, 0.05],
])("of %d requests a second Lambda traces one and 5 % of the rest", (perSecond, share) => {
  expect(tracedShare(perSecond)).toBeCloseTo(share);
});
