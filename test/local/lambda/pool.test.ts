import { expect, test } from "vitest";
import type { Environment } from "../../../local/lambda/environment.ts";
import { createPool } from "../../../local/lambda/pool.ts";
import { manualClock } from "../../support/manual-clock.ts";

/** A pool that runs two quick invocations at once, with at most four environments, which load at once. */
const poolOfTwo = () => {
  const clock = manualClock();
  const started: Environment[] = [];
  const pool = createPool({
    clock,
    bound: 4,
    quickConcurrency: 2,
    idleMs: 60_000,
    start: () => {
      const environment = { initMs: 1, alive: true, ready: Promise.resolve(undefined), end: async () => {} };
      started.push(environment as Environment);
      return environment as Environment;
    },
  });
  return { clock, pool, started };
};

/** Lets everything that has been resolved go on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("invocations that are quick share as few environments as may run at once", async () => {
  const { pool, started } = poolOfTwo();
  const invoke = async () => {
    const environment = await pool.acquire();
    await settled();
    pool.release(environment);
  };
  await Promise.all(Array.from({ length: 20 }, invoke));
  expect(started).toHaveLength(2);
});

test("who waits behind invocations that do not get done is given further environments, up to the bound", async () => {
  const { clock, pool, started } = poolOfTwo();
  let served = 0;
  for (let n = 0; n < 6; n++) void pool.acquire().then(() => served++);
  await settled();
  expect([served, started.length]).toEqual([2, 2]);
  await clock.advance(101);
  await settled();
  expect([served, started.length]).toEqual([4, 4]);
  await clock.advance(60_000);
  expect([served, started.length, pool.inFlight]).toEqual([4, 4, 6]);
});

test("an environment that dies makes room for another", async () => {
  const { pool, started } = poolOfTwo();
  const [first] = await Promise.all([pool.acquire(), pool.acquire()]);
  const third = pool.acquire();
  Object.assign(first!, { alive: false });
  pool.release(first!);
  expect(await third).toBe(started[2]);
});
