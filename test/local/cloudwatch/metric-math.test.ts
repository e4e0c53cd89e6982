import { expect, test } from "vitest";
import { compileMetricMath } from "../../../local/cloudwatch/metric-math.ts";

const periods = [0, 60, 120];
const series: Readonly<Record<string, ReadonlyMap<number, number>>> = {
  a: new Map([
    [0, 6],
    [60, 8],
  ]),
  b: new Map([
    [0, 2],
    [120, 4],
  ]),
  zero: new Map([[0, 0]]),
};
const evaluated = (expression: string) =>
  Object.fromEntries(compileMetricMath(expression).evaluate((id) => series[id] ?? new Map(), periods));

test.each([
  ["a + b", { 0: 8 }],
  ["a - b * 2", { 0: 2 }],
  ["(a - b) * 2", { 0: 8 }],
  ["100 * a / (a + b)", { 0: 75 }],
  ["a - 1 - 1", { 0: 4, 60: 6 }],
  ["a + -1", { 0: 5, 60: 7 }],
  ["FILL(a, 0) + FILL(b, 0)", { 0: 8, 60: 8, 120: 4 }],
  ["1 + 2", { 0: 3, 60: 3, 120: 3 }],
  ["a / zero", {}],
])("%s has a value where all its parts have one", (expression, expected) => {
  expect(evaluated(expression)).toEqual(expected);
});

test("an expression says what it is over", () => {
  expect(compileMetricMath("a + FILL(b, 0) / a").ids).toEqual(["a", "b"]);
});

test.each([
  ["SUM(METRICS())", /"SUM" is not understood/],
  ["a +", /"its end"/],
  ["a b", /"b" is not understood/],
  ["a > 1", /"> 1" is not understood/],
  ["(a", /"its end"/],
])("%s is refused", (expression, message) => {
  expect(() => compileMetricMath(expression)).toThrow(message);
});
