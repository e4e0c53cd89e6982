import { expect, test } from "vitest";
import { statisticOf } from "../../../local/cloudwatch/distribution.ts";
import { createMetricStore } from "../../../local/cloudwatch/metric-store.ts";
import type { LogEntry } from "../../../local/log.ts";
import { manualClock } from "../../support/manual-clock.ts";
import { ERRORS, MINUTE_MS } from "./watch.ts";

const HOUR_MS = 60 * MINUTE_MS;

const store = () => {
  const clock = manualClock();
  const logged: LogEntry[] = [];
  const made = createMetricStore({ clock, log: (entry) => logged.push(entry) });
  const sums = (periodMs: number, asked: Partial<typeof ERRORS> = {}) => {
    const range = { from: clock.now() - 12 * HOUR_MS, to: clock.now() + HOUR_MS, periodMs };
    return [...made.read({ ...ERRORS, unit: undefined, ...asked }, range).values()].map((one) =>
      statisticOf(one, "Sum"),
    );
  };
  return { ...made, clock, logged, sums };
};

test("a metric with other dimensions is another, whatever their order", () => {
  const { put, sums } = store();
  put({ ...ERRORS, dimensions: { A: "1", B: "2" } }, 1);
  put({ ...ERRORS, dimensions: { B: "2", A: "1" } }, 2);
  put({ ...ERRORS, dimensions: { A: "1" } }, 4);
  expect(sums(HOUR_MS, { dimensions: { A: "1", B: "2" } })).toEqual([3]);
});

test("all units are asked for, or one", () => {
  const { put, sums } = store();
  put(ERRORS, 1);
  put({ ...ERRORS, unit: "Percent" }, 2);
  expect([sums(HOUR_MS), sums(HOUR_MS, { unit: "Percent" })]).toEqual([[3], [2]]);
});

test("seconds are told apart only for values of high resolution", async () => {
  const { put, clock, sums } = store();
  for (const storageResolution of [1, 60] as const) {
    put(ERRORS, 1, { storageResolution });
    await clock.advance(10_000);
    put(ERRORS, 1, { storageResolution });
  }
  expect([sums(10_000), sums(MINUTE_MS)]).toEqual([[1, 1], [4]]);
});

test("six hours are kept", async () => {
  const { put, clock, sums } = store();
  put(ERRORS, 1);
  await clock.advance(6 * HOUR_MS);
  put(ERRORS, 2);
  expect(sums(MINUTE_MS)).toEqual([1, 2]);
  await clock.advance(MINUTE_MS);
  put(ERRORS, 4);
  expect(sums(MINUTE_MS)).toEqual([2, 4]);
});

test.each([
  ["no number", Number.NaN, 0],
  ["from seven hours ago", 1, -7 * HOUR_MS],
  ["from three hours ahead", 1, 3 * HOUR_MS],
])("a value that is %s is not taken", (_what, value, ms) => {
  const { put, clock, list } = store();
  put(ERRORS, value, { at: clock.now() + ms });
  expect(list(clock.now() - 12 * HOUR_MS)).toEqual([]);
});

test("of more than 2,000 metrics those with no recent values go, and without any the new one is refused, said once", async () => {
  const { put, clock, list, logged } = store();
  const number = (n: number) => put({ ...ERRORS, dimensions: { Order: String(n) } }, 1);
  for (let n = 0; n < 2_005; n++) number(n);
  expect(list(0)).toHaveLength(2_000);
  expect(logged).toMatchObject([{ level: "warn", message: expect.stringContaining("does a dimension hold an id?") }]);
  await clock.advance(7 * HOUR_MS);
  number(3_000);
  expect(list(0)).toHaveLength(1);
});

test("a metric whose values were forgotten is taken again", async () => {
  const { put, clock, sums } = store();
  put(ERRORS, 1);
  await clock.advance(7 * HOUR_MS);
  for (let n = 0; n < 2_000; n++) put({ ...ERRORS, dimensions: { Order: String(n) } }, 1);
  await clock.advance(7 * HOUR_MS);
  put(ERRORS, 5);
  expect(sums(MINUTE_MS)).toEqual([5]);
});
