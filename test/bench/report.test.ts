import { expect, test } from "vitest";
import { written } from "../../bench/report.ts";
import { median, quantile } from "../../bench/statistics.ts";

test.each([
  [[5, 1, 3], 0.5, 3],
  [[1, 2], 0.5, 1],
  [Array.from({ length: 200 }, (_, n) => n + 1), 0.99, 198],
  [[7], 0.99, 7],
])("of %j a share of %d does not exceed %d", (values, share, expected) => {
  expect(quantile(values, share)).toBe(expected);
});

test("the median of nothing is not a number", () => {
  expect(median([])).toBeNaN();
});

test("a report names where it was measured and what was not reached, as JSON in one line", () => {
  const report = { figures: { readyMs: 7 }, lines: ["ready after 7 ms"], failures: ["it is late"] };
  expect(written("local", report, false)).toMatch(/^local: Node v\d.* × .*\nready after 7 ms\nFAILED: it is late\n$/);
  expect(JSON.parse(written("local", report, true))).toMatchObject({
    benchmark: "local",
    readyMs: 7,
    node: process.version,
    failures: ["it is late"],
  });
  expect(written("local", report, true).match(/\n/g)).toHaveLength(1);
});
