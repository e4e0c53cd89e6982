import { expect, test } from "vitest";
import { logScale } from "../../../bench/plots/log-scale.ts";

test.each([
  [
    [3, 80],
    [2, 5, 10, 20, 50, 100],
  ],
  [
    [2, 100_000],
    [1, 10, 100, 1_000, 10_000, 100_000],
  ],
  [
    [1000, 1000],
    [1000, 10_000],
  ],
  [
    [1, 1.4],
    [1, 1.1, 1.2, 1.3, 1.4],
  ],
  [
    [2.1, 4.9],
    [2, 3, 4, 5],
  ],
  [
    [0.02, 0.4],
    [0.02, 0.05, 0.1, 0.2, 0.5],
  ],
])("values from %j are marked at %j", (values, ticks) => {
  const scale = logScale(values, [0, 100]);
  expect(scale.ticks.map((tick) => Number(tick.toPrecision(6)))).toEqual(ticks);
  expect([scale.at(ticks[0] as number), scale.at(ticks.at(-1) as number)].map(Math.round)).toEqual([0, 100]);
});
