import { expect, test } from "vitest";
import { billOf, LINES, PRICES, priceOf } from "../../../bench/model/prices.ts";
import { add, NOTHING, scale } from "../../../bench/model/usage.ts";

test.each([
  ["the first billion messages at a dollar a million", { webSocketMessages: 1e9 }, 1000],
  ["the next at 80 cents", { webSocketMessages: 1.5e9 }, 1400],
  ["a million minutes of connections", { connectionMinutes: 1e6 }, 0.25],
  ["AWS's own example of Express GB-hours, 17,361.11 of them", { expressGbSeconds: 62_500_000 }, 382.97],
  ["a million writes and reads", { dynamoDbWriteUnits: 1e6, dynamoDbReadUnits: 1e6 }, 0.75],
  ["a GB with its backup, for a month", { dynamoDbGbMonths: 1, dynamoDbBackupGbMonths: 1 }, 0.45],
  ["nothing", {}, 0],
])("%s", (_what, used, dollars) => {
  expect(priceOf(add(used))).toBeCloseTo(dollars, 2);
});

test("egress is in the bill and not in the price", () => {
  const usage = add({ egressBytes: 1024 ** 3, lambdaRequests: 1e6 });
  expect(billOf(usage)).toMatchObject({ egress: 0.09, "Lambda requests": 0.2 });
  expect(priceOf(usage)).toBeCloseTo(0.2);
});

test("every unit is in a line of the bill, and every line has a unit", () => {
  expect(new Set(Object.values(PRICES).map(({ line }) => line))).toEqual(new Set(LINES));
  const bill = Object.values(billOf(scale(Object.fromEntries(Object.keys(NOTHING).map((unit) => [unit, 1])), 1e9)));
  expect(bill.every((dollars) => dollars > 0)).toBe(true);
});
