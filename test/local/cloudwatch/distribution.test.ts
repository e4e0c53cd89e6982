import fc from "fast-check";
import { expect, test } from "vitest";
import { addAll, addValue, emptyDistribution, statisticOf } from "../../../local/cloudwatch/distribution.ts";

const of = (values: readonly number[]) => {
  const distribution = emptyDistribution();
  for (const value of values) addValue(distribution, value, 1);
  return distribution;
};
const upTo100 = Array.from({ length: 100 }, (_, index) => index + 1);

test.each([
  ["Sum", 5050],
  ["Average", 50.5],
  ["Minimum", 1],
  ["Maximum", 100],
  ["SampleCount", 100],
])("%s of 1 to 100 is exact", (statistic, expected) => {
  expect(statisticOf(of(upTo100), statistic)).toBe(expected);
});

test("equal values have just that value as each percentile", () => {
  expect(["p0", "p50", "p99.9", "p100"].map((one) => statisticOf(of([7.3, 7.3, 7.3]), one))).toEqual([
    7.3, 7.3, 7.3, 7.3,
  ]);
});

test("a percentile is within 1% of the value that as many are not above, for any values", () => {
  const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(values, fc.integer({ min: 0, max: 100 }), (all, percent) => {
      const sorted = [...all].sort((a, b) => a - b);
      const exact = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
      const found = statisticOf(of(all), `p${percent}`);
      expect(Math.abs(found - exact)).toBeLessThanOrEqual(Math.abs(exact) * 0.0101);
    }),
  );
});

test("two together are as if all their values had been one's", () => {
  const halves = fc.tuple(fc.array(fc.integer({ min: 0, max: 9 })), fc.array(fc.integer({ min: 0, max: 9 })));
  fc.assert(
    fc.property(halves, ([some, others]) => {
      const together = of(some);
      addAll(together, of(others));
      const { bins, ...numbers } = together;
      const { bins: expectedBins, ...expected } = of([...some, ...others]);
      expect(numbers).toEqual(expected);
      expect([...(bins ?? [])].sort()).toEqual([...(expectedBins ?? [])].sort());
    }),
  );
});
