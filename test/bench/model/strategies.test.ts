import { expect, test } from "vitest";
import { boundMs } from "../../../bench/model/floor.ts";
import { measure } from "../../../bench/model/measure.ts";
import { STRATEGIES } from "../../../bench/model/strategies/all.ts";
import { pagedPromiseAll } from "../../../bench/model/strategies/paged-promise-all.ts";
import { plainMap } from "../../../bench/model/strategies/plain-map.ts";
import { promiseAll } from "../../../bench/model/strategies/promise-all.ts";
import { roomcast } from "../../../bench/model/strategies/roomcast.ts";
import { sequential } from "../../../bench/model/strategies/sequential.ts";
import { median } from "../../../bench/statistics.ts";

test.each(STRATEGIES)("$name serves everyone of a small room once", async (strategy) => {
  const { refused, firstMs, medianMs, lastMs } = await measure(strategy, 30, { seed: 7 });
  expect(refused).toBe(0);
  expect([firstMs, medianMs, lastMs]).toEqual([firstMs, medianMs, lastMs].toSorted((a, b) => a - b));
});

test.each([
  { strategy: sequential, members: 5_000, timeoutMs: 15_000 },
  { strategy: promiseAll, members: 5_000, timeoutMs: 3_000 },
  { strategy: pagedPromiseAll, members: 50_000, timeoutMs: 29_000 },
])("$strategy.name posts to nobody after the timeout of its function", async ({ strategy, members, timeoutMs }) => {
  const { refused, lastMs } = await measure(strategy, members, { seed: 7 });
  expect(refused).toBeGreaterThan(members / 10);
  expect(lastMs).toBeLessThan(timeoutMs + 250);
});

test.each([1, 10, 40])("in a room of %d ours takes no longer than the plain Map before it", async (members) => {
  const seeds = Array.from({ length: 15 }, (_, seed) => seed);
  const lastOf = async (strategy: typeof roomcast) => {
    const times: number[] = [];
    for (const seed of seeds) times.push((await measure(strategy, members, { seed })).lastMs);
    return median(times);
  };
  expect(await lastOf(roomcast)).toBeLessThanOrEqual(1.01 * (await lastOf(plainMap)));
});

test("in a room of 1,000 ours is sooner done than every other, within the bound and under its price", async () => {
  const [ours, ...others] = await Promise.all(STRATEGIES.map((strategy) => measure(strategy, 1_000, { seed: 7 })));
  expect(ours!.refused).toBe(0);
  expect(ours!.lastMs).toBeLessThan(boundMs(1_000));
  expect(ours!.costPerMillion).toBeLessThan(1.35);
  for (const { lastMs } of others) expect(ours!.lastMs).toBeLessThan(lastMs);
});
