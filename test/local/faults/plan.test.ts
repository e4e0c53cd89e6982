import { expect, test } from "vitest";
import { FAULTS, type FaultName } from "../../../local/faults/names.ts";
import { PLAN_FORM, readFaultPlan, readWhen, whenText } from "../../../local/faults/plan.ts";

test.each([
  ["a share", "bus.duplicate=10%", { "bus.duplicate": { rate: 0.1 } }],
  ["a part of a percent", "bus.duplicate=0.5%", { "bus.duplicate": { rate: 0.005 } }],
  ["always", "bus.duplicate=100%", { "bus.duplicate": { rate: 1 } }],
  ["one occasion", "runtime.kill=#3", { "runtime.kill": { occasions: [3] } }],
  ["several occasions", "bus.refuse=#3#17", { "bus.refuse": { occasions: [3, 17] } }],
  ["a time", "index.lag=500ms", { "index.lag": { ms: 500 } }],
  [
    "several faults, with spaces",
    "bus.delay=5%, index.lag=1ms",
    { "bus.delay": { rate: 0.05 }, "index.lag": { ms: 1 } },
  ],
])("%s is read", (_what, text, faults) => {
  expect(readFaultPlan(text)).toEqual({ seed: 1, faults });
});

test("the seed is 1 where the plan names none", () => {
  expect(readFaultPlan("seed=7,bus.delay=5%").seed).toBe(7);
  expect(readFaultPlan("bus.delay=5%").seed).toBe(1);
});

test("all stands for every fault that takes a share, and what comes after it is its own", () => {
  const { faults } = readFaultPlan("all=5%,post.hang=1%");
  const others = (Object.keys(FAULTS) as FaultName[]).filter((name) => !["index.lag", "runtime.kill"].includes(name));
  expect(Object.keys(faults).sort()).toEqual(others.sort());
  expect([faults["bus.delay"], faults["post.hang"]]).toEqual([{ rate: 0.05 }, { rate: 0.01 }]);
});

test.each([
  ["a fault that there is not", "bus.dupe=5%", '"bus.dupe=5%" in the faults: it is seed, all or one of bus.refuse,'],
  ["a property of every object", "toString=5%", '"toString=5%" in the faults'],
  ["no value", "bus.delay", '"bus.delay" in the faults'],
  ["nothing", "", '"" in the faults'],
  ["a share above 100", "bus.delay=101%", "it is a share, such as 5%, or an occasion, such as #3"],
  ["a negative share", "bus.delay=-5%", "it is a share, such as 5%, or an occasion, such as #3"],
  ["a share without its sign", "bus.delay=0.05", "it is a share, such as 5%, or an occasion, such as #3"],
  ["occasion 0", "bus.delay=#0", "it is a share, such as 5%, or an occasion, such as #3"],
  ["a time for a share", "bus.delay=500ms", "it is a share, such as 5%, or an occasion, such as #3"],
  ["a share for a time", "index.lag=5%", '"index.lag=5%" in the faults: it is a time, such as 500ms'],
  ["a seed that is no number", "seed=abc", '"seed=abc" in the faults'],
])("%s is refused, with what may stand there", (_what, text, sentence) => {
  expect(() => readFaultPlan(text)).toThrow(sentence);
  expect(() => readFaultPlan(text)).toThrow(PLAN_FORM);
});

test.each(["0.5%", "7%", "100%", "#3", "#3#17"])("when a fault strikes is written as it was read: %s", (text) => {
  expect(whenText(readWhen("bus.delay", text))).toBe(text);
});

test("a time is written as it was read", () => {
  expect(whenText(readWhen("index.lag", "500ms"))).toBe("500ms");
});
