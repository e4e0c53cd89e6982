import { expect, test } from "vitest";
import { createChance } from "../../../bench/model/chance.ts";
import { LATENCIES } from "../../../bench/model/figures.ts";
import { quantile } from "../../../bench/statistics.ts";

const draw = (times: number, next: () => number) => Array.from({ length: times }, next);

test("the same seed decides the same, another seed or purpose something else", () => {
  const numbers = (seed: number, purpose: string) => draw(5, createChance(seed).of(purpose));
  expect(numbers(7, "a")).toEqual(numbers(7, "a"));
  expect(numbers(7, "a")).not.toEqual(numbers(8, "a"));
  expect(numbers(7, "a")).not.toEqual(numbers(7, "b"));
});

test("what one purpose draws changes nothing of another", () => {
  const [alone, beside] = [createChance(7), createChance(7)];
  draw(100, beside.of("b"));
  expect(draw(5, beside.of("a"))).toEqual(draw(5, alone.of("a")));
});

test.each(Object.entries(LATENCIES))("%s has its median and its 99 % as they are given", (name, latency) => {
  const drawn = draw(20_000, createChance(7).latency(name, latency));
  expect(quantile(drawn, 0.5) / latency.medianMs).toBeCloseTo(1, 1);
  expect(quantile(drawn, 0.99) / latency.p99Ms).toBeCloseTo(1, 0);
});
