import { expect, test } from "vitest";
import { recordReport } from "../../bench/record.ts";

const load = { members: 100, messages: 4 };
/** With the record, and without: it costs 4, 5 and 20 % of the rounds' deliveries a second. */
const rounds = [
  [960, 950, 800],
  [1000, 1000, 1000],
];

test("the record's cost is the median of the rounds, each of both runtimes", () => {
  const { figures, lines, failures } = recordReport(load, 10, { deliveriesPerSecond: rounds, missing: 0 });
  expect(figures).toMatchObject({ costs: [4, 5, 20], costPercent: 5 });
  expect(lines).toHaveLength(4);
  expect(failures).toEqual([]);
});

test.each([
  ["the record costs more than it may", 4, 0, "the record costs 5.0 % of the deliveries a second, over 4"],
  ["deliveries are missing", 10, 3, "3 deliveries are missing"],
])("where %s the benchmark fails", (_what, within, missing, failure) => {
  expect(recordReport(load, within, { deliveriesPerSecond: rounds, missing }).failures).toEqual([failure]);
});
