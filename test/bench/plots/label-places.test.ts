import { expect, test } from "vitest";
import { labelPlaces } from "../../../bench/plots/label-places.ts";

test("labels that have room stay where they should be", () => {
  expect(labelPlaces([90, 10, 50], [0, 100])).toEqual([90, 10, 50]);
});

test.each([
  ["in the middle", [50, 51, 49]],
  ["at the top", [1, 2, 3]],
  ["at the bottom", [100, 100, 99]],
])("labels that crowd %s are moved apart, keep their order, and stay in the picture", (_where, wanted) => {
  const places = labelPlaces(wanted, [0, 100]);
  const sorted = places.toSorted((a, b) => a - b);
  const order = (values: readonly number[]) => values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  expect(order(places)).toEqual(order(wanted));
  expect(sorted[1]! - sorted[0]!).toBeGreaterThanOrEqual(18);
  expect(sorted[2]! - sorted[1]!).toBeGreaterThanOrEqual(18);
  expect([sorted[0]! >= 0, sorted[2]! <= 100]).toEqual([true, true]);
});
