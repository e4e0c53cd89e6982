import { expect, test } from "vitest";
import { createTokenBucket } from "../../../bench/model/token-bucket.ts";

const bucket = () => {
  let now = 0;
  const take = createTokenBucket({ perSecond: 10, burst: 5 }, () => now);
  return { take, pass: (ms: number) => (now += ms) };
};

test("a full bucket gives its burst, then what comes in", () => {
  const { take, pass } = bucket();
  expect(Array.from({ length: 6 }, () => take())).toEqual([true, true, true, true, true, false]);
  pass(99);
  expect(take()).toBe(false);
  pass(1);
  expect([take(), take()]).toEqual([true, false]);
});

test("it never holds more than its burst", () => {
  const { take, pass } = bucket();
  pass(3_600_000);
  expect([take(5), take()]).toEqual([true, false]);
});

test("who asks for more than there is takes nothing", () => {
  const { take } = bucket();
  expect([take(6), take(5)]).toEqual([false, true]);
});
