import { expect, test } from "vitest";
import { createFaults, type Faults, noFaults } from "../../../local/faults/faults.ts";
import type { FaultName } from "../../../local/faults/names.ts";
import { readFaultPlan, readWhen } from "../../../local/faults/plan.ts";

const faultsOf = (plan: string) => createFaults(readFaultPlan(plan));

/** The occasions, the first being 1, at which a fault strikes. */
const struck = (faults: Faults, name: FaultName, occasions: number): number[] =>
  Array.from({ length: occasions }, (_, index) => index + 1).filter(() => faults.strikes(name));

test("a share strikes about that often", () => {
  const share = struck(faultsOf("bus.delay=5%"), "bus.delay", 10_000).length / 10_000;
  expect(share).toBeGreaterThan(0.04);
  expect(share).toBeLessThan(0.06);
});

test("0% never strikes, and 100% always", () => {
  expect(struck(faultsOf("bus.delay=0%"), "bus.delay", 1000)).toHaveLength(0);
  expect(struck(faultsOf("bus.delay=100%"), "bus.delay", 1000)).toHaveLength(1000);
});

test("occasions are counted from 1", () => {
  expect(struck(faultsOf("bus.delay=#3#7"), "bus.delay", 10)).toEqual([3, 7]);
});

test("a fault that the plan does not name never strikes", () => {
  const faults = faultsOf("bus.delay=100%");
  expect(struck(faults, "bus.duplicate", 100)).toEqual([]);
  expect(faults.ms("index.lag")).toBe(0);
  expect(struck(noFaults, "bus.delay", 100)).toEqual([]);
});

test("a time is what the plan says", () => {
  expect(faultsOf("index.lag=500ms").ms("index.lag")).toBe(500);
});

test("the same seed strikes at the same occasions, another at others", () => {
  const [first, again, other] = ["seed=1", "seed=1", "seed=2"].map((seed) =>
    struck(faultsOf(`${seed},bus.delay=5%`), "bus.delay", 1000),
  );
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

test("what one fault does changes nothing for another", () => {
  const alone = struck(faultsOf("all=5%"), "bus.delay", 1000);
  const faults = faultsOf("all=5%");
  const among = Array.from({ length: 1000 }, (_, index) => index + 1).filter(() => {
    struck(faults, "bus.duplicate", 3);
    faults.chance("execution.restart");
    return faults.strikes("bus.delay");
  });
  expect(among).toEqual(alone);
});

test("two faults of one seed strike at occasions of their own", () => {
  const faults = faultsOf("all=5%");
  expect(struck(faults, "bus.delay", 1000)).not.toEqual(struck(faults, "bus.duplicate", 1000));
});

test("a chance is a number from 0 to below 1, which the seed decides", () => {
  const chances = (seed: number) => {
    const faults = faultsOf(`seed=${seed}`);
    return Array.from({ length: 100 }, () => faults.chance("bus.delay"));
  };
  for (const chance of chances(1)) {
    expect(chance).toBeGreaterThanOrEqual(0);
    expect(chance).toBeLessThan(1);
  }
  expect(chances(1)).toEqual(chances(1));
  expect(chances(1)).not.toEqual(chances(2));
});

test("a fault that is switched on strikes from then on, and no more once it is off", () => {
  const faults = faultsOf("seed=1");
  faults.set("bus.delay", readWhen("bus.delay", "#2"));
  expect(struck(faults, "bus.delay", 5)).toEqual([2]);
  faults.set("bus.delay", undefined);
  expect(struck(faults, "bus.delay", 5)).toEqual([]);
  expect(faults.when("bus.delay")).toBeUndefined();
});

test("a fault that is switched on again strikes at the same occasions, as its seed has it", () => {
  const faults = faultsOf("seed=1,bus.delay=5%");
  const first = struck(faults, "bus.delay", 1000);
  faults.set("bus.delay", readWhen("bus.delay", "5%"));
  expect(struck(faults, "bus.delay", 1000)).toEqual(first);
});
