import { expect, test } from "vitest";
import type { JsonObject } from "../../../../local/json.ts";
import { manualClock } from "../../../support/manual-clock.ts";
import { begin, execute } from "../execute.ts";
import { failing, flow, machine, pass, returned, threw, work } from "../machine.ts";

const each = (fields: JsonObject = {}, states: Record<string, JsonObject> = { Work: work() }): JsonObject => ({
  Type: "Map",
  ItemProcessor: flow(states),
  ...fields,
});
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

test.each<[string, JsonObject, number]>([
  ["40 without MaxConcurrency", {}, 40],
  ["40 for MaxConcurrency 0", { MaxConcurrency: 0 }, 40],
  ["40 for more than that", { MaxConcurrency: 1000 }, 40],
  ["as many as MaxConcurrency says", { MaxConcurrency: "{% 2 + 1 %}" }, 3],
])("a Map runs at once %s", async (_width, fields, width) => {
  const clock = manualClock();
  let running = 0;
  let most = 0;
  const invoke = async () => {
    most = Math.max(most, ++running);
    await new Promise<void>((resolve) => clock.after(1000, resolve));
    running--;
    return returned(null);
  };
  const { outcome } = begin(machine({ Each: each(fields) }), numbers(100), { clock, invoke });
  await clock.advance(100_000);
  expect((await outcome).status).toBe("SUCCEEDED");
  expect(most).toBe(width);
});

test.each([-1, 1.5])("a MaxConcurrency of %d fails the state", async (width) => {
  const { outcome } = await execute(machine({ Each: each({ MaxConcurrency: `{% ${width} %}` }) }), [1]);
  expect(outcome).toMatchObject({ status: "FAILED", error: "States.QueryEvaluationError" });
});

test("results stand in the order of the items, whichever ends first", async () => {
  const clock = manualClock();
  const invoke = async ({ payload }: { payload: string }) => {
    await new Promise<void>((resolve) => clock.after(1000 * (10 - Number(payload)), resolve));
    return returned(Number(payload) * 2);
  };
  const { outcome } = begin(machine({ Each: each() }), numbers(5), { clock, invoke });
  await clock.advance(10_000);
  expect(await outcome).toEqual({ status: "SUCCEEDED", output: [0, 2, 4, 6, 8] });
});

test("ItemSelector makes an iteration's input of the item, its index and what is around", async () => {
  const ItemSelector = {
    item: "{% $states.context.Map.Item.Value %}",
    index: "{% $states.context.Map.Item.Index %}",
    of: "{% $count($states.input) %}",
  };
  const { outcome } = await execute(machine({ Each: each({ ItemSelector }, { Echo: pass() }) }), ["a", "b"]);
  expect(outcome).toMatchObject({
    output: [
      { item: "a", index: 0, of: 2 },
      { item: "b", index: 1, of: 2 },
    ],
  });
});

test("the first iteration that fails ends the Map and starts no further one", async () => {
  let calls = 0;
  const invoke = async ({ payload }: { payload: string }) => {
    calls++;
    return payload === "2" ? threw("Broken") : returned(null);
  };
  const { outcome, events } = await execute(machine({ Each: each({ MaxConcurrency: 1 }) }), numbers(10), { invoke });
  expect(outcome).toMatchObject({ status: "FAILED", error: "Broken" });
  expect(calls).toBe(3);
  expect(events.map(({ type }) => type).slice(-4)).toEqual([
    "TaskFailed",
    "MapIterationFailed",
    "MapStateFailed",
    "ExecutionFailed",
  ]);
});

test("a Map is retried as a whole", async () => {
  const Retry = [{ ErrorEquals: ["Broken"] }];
  const { outcome } = await execute(machine({ Each: each({ Retry }) }), [1, 2], { invoke: failing("Broken") });
  expect(outcome).toEqual({ status: "SUCCEEDED", output: [1, 2] });
});

test("thresholds for failures, which are for Map Runs, do not save an inline Map", async () => {
  const { outcome } = await execute(machine({ Each: each({ ToleratedFailurePercentage: 100 }) }), [1], {
    invoke: failing("Broken"),
  });
  expect(outcome).toMatchObject({ status: "FAILED", error: "Broken" });
});

test("Parallel gives its branches one input and puts their outputs in order", async () => {
  const Branches = [
    flow({ First: pass({ Output: "{% $states.input + 1 %}" }) }),
    flow({ Second: pass({ Output: "{% $states.input + 2 %}" }) }),
  ];
  const { outcome } = await execute(
    machine({ Both: { Type: "Parallel", Arguments: "{% $states.input.n %}", Branches } }),
    { n: 1 },
  );
  expect(outcome).toEqual({ status: "SUCCEEDED", output: [2, 3] });
});

test("a branch that fails aborts the others, and Parallel catches its error", async () => {
  const clock = manualClock();
  const Branches = [flow({ Wait: { Type: "Wait", Seconds: 60 } }), flow({ Work: work() })];
  const Both = { Type: "Parallel", Branches, Catch: [{ ErrorEquals: ["Broken"], Next: "After" }], End: true };
  const { outcome } = begin(
    machine({ Both, After: pass({ Output: "caught" }) }),
    {},
    { clock, invoke: failing("Broken") },
  );
  await clock.advance(0);
  expect(await outcome).toEqual({ status: "SUCCEEDED", output: "caught" });
});
