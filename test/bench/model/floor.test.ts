import { expect, test } from "vitest";
import { boundMs, floorOf } from "../../../bench/model/floor.ts";

const ownMs = floorOf(0).lastMs;

test.each([
  [1_000, 100],
  [10_000, 1_000],
  [100_000, 10_000],
])("for %d members the tightest quota needs %d ms, beside the services' own time", (members, quotaMs) => {
  expect(floorOf(members).lastMs - ownMs).toBeCloseTo(quotaMs);
});

test("the services' own time is as long as the pace says, but for what is computed", () => {
  const [once, twice, thrice] = [1, 2, 3].map((pace) => floorOf(0, pace).lastMs);
  expect(twice! - once!).toBeGreaterThan(100);
  expect(thrice! - twice!).toBeCloseTo(twice! - once!);
});

test("a million deliveries cost nobody less than their messages", () => {
  expect(floorOf(1_000).costPerMillion).toBe(1);
});

test("the bound is 1.2 times the floor and 0.3 s", () => {
  expect(boundMs(10_000)).toBeCloseTo(1.2 * floorOf(10_000).lastMs + 300);
});
