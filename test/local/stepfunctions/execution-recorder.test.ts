import { expect, test } from "vitest";
import { noFaults } from "../../../local/faults/faults.ts";
import type { Json, JsonObject } from "../../../local/json.ts";
import { decodeExecution, type ExecutionRecord } from "../../../local/record/execution-record.ts";
import type { RecordEntry } from "../../../local/record/record.ts";
import type { StateMachinesNeeds } from "../../../local/stepfunctions/state-machines.ts";
import { failing, flow, machine, pass, threw, work } from "./machine.ts";
import { arn, executionArn, started } from "./started.ts";

/** Runs the machine once, moving its clock on while it waits, and gives what was recorded. */
const recorded = async (definition: unknown, input: Json, needs: Partial<StateMachinesNeeds> = {}) => {
  const written: (Omit<RecordEntry, "id"> & { keys: readonly string[] })[] = [];
  const record: StateMachinesNeeds["record"] = (entry, keys) => void written.push({ ...entry, keys });
  const { machines, clock } = started(definition, {}, { ...needs, record });
  let running = true;
  const traceHeader = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0";
  void machines.start(arn, input, { name: "one", traceHeader }).ended.then(() => {
    running = false;
  });
  while (running) await clock.advance(1_000);
  const executions = written.map(({ body }) => decodeExecution(body));
  const [only] = executions;
  if (!only) throw new Error("Nothing was recorded");
  return { written, executions, only };
};

const entriesInto = ({ entries }: ExecutionRecord, name: string) => entries.filter(({ state }) => state === name);

const each = (states: Record<string, JsonObject>, fields: JsonObject = {}) => ({
  Type: "Map",
  ItemProcessor: flow(states),
  ...fields,
});
const retryTwice = { Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 2, BackoffRate: 1, MaxAttempts: 2 }] };
const caught = { Catch: [{ ErrorEquals: ["States.ALL"], Output: "not done", Next: "After" }] };

test("an execution is recorded once, as it ends, under its ARN, its trace and the ids of its input", async () => {
  const { written } = await recorded(machine({ Echo: pass() }), { detail: { id: "order-1" } });
  expect(written).toHaveLength(1);
  expect(written[0]).toMatchObject({ kind: "execution", source: "Machine" });
  expect(written[0]?.keys.toSorted()).toEqual(
    [executionArn, "1-5759e988-bd862e3fe1be46a994272793", "order-1"].toSorted(),
  );
});

test("the record tells how it went, and what each state took, gave and lasted", async () => {
  const { only } = await recorded(
    machine({ Wait: { Type: "Wait", Seconds: 3 }, Work: work({ Output: "done" }) }),
    "begin",
  );
  expect(only).toMatchObject({
    executionArn,
    stateMachine: "Machine",
    status: "SUCCEEDED",
    input: "begin",
    output: "done",
  });
  expect(only.endedAt - only.startedAt).toBe(3_000);
  expect(only.states).toEqual([
    { name: "Wait", type: "Wait", entered: 1, failed: 0, totalMs: 3_000, longestMs: 3_000 },
    { name: "Work", type: "Task", entered: 1, failed: 0, totalMs: 0, longestMs: 0 },
  ]);
  expect(only.entries).toMatchObject([
    { state: "Wait", enteredAt: only.startedAt, endedAt: only.startedAt + 3_000, input: "begin", output: "begin" },
    {
      state: "Work",
      enteredAt: only.startedAt + 3_000,
      outcome: "succeeded",
      input: "begin",
      output: "done",
      failures: [],
    },
  ]);
});

test("each iteration of a Map has its item, its index and its outcome, and stands in an entry into the Map", async () => {
  const { only } = await recorded(machine({ Before: pass(), Each: each({ Work: work() }) }), ["a", "b"]);
  const map = only.entries.findIndex(({ state }) => state === "Each");
  expect(entriesInto(only, "Work")).toMatchObject([
    { parent: map, index: 0, input: "a", output: "a", outcome: "succeeded" },
    { parent: map, index: 1, input: "b", output: "b", outcome: "succeeded" },
  ]);
  expect(only.entries[map]).toMatchObject({ outcome: "succeeded", input: ["a", "b"], output: ["a", "b"] });
  expect(only.entries[map]?.parent).toBeUndefined();
});

test("a task that was tried again tells when and by which error each try failed", async () => {
  const { only } = await recorded(machine({ Work: work(retryTwice) }), "a", { invoke: failing("Busy", "Closed") });
  expect(only.entries).toMatchObject([{ outcome: "succeeded", output: "a" }]);
  expect(only.entries[0]?.failures).toEqual([
    { at: only.startedAt, error: "Busy" },
    { at: only.startedAt + 2_000, error: "Closed" },
  ]);
  expect(only.states).toMatchObject([{ entered: 1, failed: 0 }]);
});

test("an error that was caught is told, with the catcher's output", async () => {
  const { only } = await recorded(machine({ Work: work(caught), After: pass() }), "a", { invoke: failing("Busy") });
  expect(only.entries).toMatchObject([
    { state: "Work", outcome: "caught", output: "not done", failures: [{ error: "Busy" }] },
    { state: "After", outcome: "succeeded", input: "not done" },
  ]);
  expect(only.states).toMatchObject([{ failed: 1 }, { failed: 0 }]);
});

test("an error in an iteration ends the Map and the execution, and what was under way there is broken off", async () => {
  const invoke: StateMachinesNeeds["invoke"] = async ({ payload }) =>
    payload === '"bad"' ? threw("Bad") : new Promise(() => {});
  const { only } = await recorded(machine({ Each: each({ Work: work() }) }), ["slow", "bad"], { invoke });
  expect(only).toMatchObject({ status: "FAILED", error: "Bad" });
  expect(only.entries).toMatchObject([
    { state: "Each", outcome: "failed", failures: [{ error: "Bad" }] },
    { state: "Work", index: 0, input: "slow", outcome: "broken off" },
    { state: "Work", index: 1, input: "bad", outcome: "failed", failures: [{ error: "Bad" }] },
  ]);
  expect(only.entries[1]?.endedAt).toBeUndefined();
});

test("the states of a Parallel's branches stand in the entry into it", async () => {
  const branches = { Type: "Parallel", Branches: [flow({ Left: work() }), flow({ Right: pass(), Last: pass() })] };
  const { only } = await recorded(machine({ Both: branches, After: pass() }), "a");
  expect(only.entries.map(({ state, parent }) => [state, parent])).toEqual([
    ["Both", undefined],
    ["Left", 0],
    ["Right", 0],
    ["Last", 0],
    ["After", undefined],
  ]);
});

test("a Map inside of a Map: each iteration stands in the one around it", async () => {
  const inner = each({ Work: work() }, { MaxConcurrency: 1 });
  const { only } = await recorded(machine({ Outer: each({ Inner: inner }, { MaxConcurrency: 1 }) }), [["a"], ["b"]]);
  const found = entriesInto(only, "Work").map(({ parent = -1, input }) => [only.entries[parent]?.index, input]);
  expect(found).toEqual([
    [0, "a"],
    [1, "b"],
  ]);
});

test("a Fail state ends the execution with its error", async () => {
  const { only } = await recorded(machine({ Stop: { Type: "Fail", Error: "NoMore", Cause: "There is no more." } }), {});
  expect(only).toMatchObject({ status: "FAILED", error: "NoMore", cause: "There is no more." });
  expect(only.entries).toMatchObject([{ state: "Stop", outcome: "failed", failures: [{ error: "NoMore" }] }]);
});

test("an execution that timed out tells in which state it was", async () => {
  const { only } = await recorded(machine({ Wait: { Type: "Wait", Seconds: 60 } }, { TimeoutSeconds: 5 }), {});
  expect(only).toMatchObject({ status: "TIMED_OUT" });
  expect(only.entries).toMatchObject([{ state: "Wait", outcome: "broken off" }]);
});

test("an execution that broke off and was begun again is two", async () => {
  let occasions = 0;
  const faults = {
    ...noFaults,
    strikes: () => ++occasions === 1,
    chance: () => Math.log(6.5) / Math.log(1024),
  };
  const { executions } = await recorded(machine({ First: work(), Second: pass() }), "a", { faults });
  expect(executions.map(({ status, executionArn: arn }) => [status, arn])).toEqual([
    ["ABORTED", executionArn],
    ["SUCCEEDED", executionArn],
  ]);
});

test("what is longer than 1 KB is recorded by its beginning", async () => {
  const { only } = await recorded(machine({ Echo: pass({ Output: "short" }) }), "x".repeat(2_000));
  expect(only.entries).toMatchObject([{ input: `"${"x".repeat(1_023)}…`, output: "short" }]);
});

test.each([
  ["entries", 2_600, "x"],
  ["bytes", 1_500, "x".repeat(900)],
])("an execution of very many %s is cut, and its states are counted to the end", async (_what, count, output) => {
  const definition = machine({
    Items: pass({ Output: `{% [1..${count}] %}` }),
    Each: each({ One: pass({ Output: output }), Other: pass({ Output: 0 }) }),
    Output: pass({ Output: "done" }),
  });
  const { only, written } = await recorded(definition, null);
  expect(only.states.map(({ entered }) => entered)).toEqual([1, 1, count, count, 1]);
  expect(only.entriesLeftOut).toBe(2 * count + 3 - only.entries.length);
  expect(only.entriesLeftOut).toBeGreaterThan(0);
  expect(Buffer.byteLength(written[0]?.body ?? "")).toBeLessThan(2_000_000);
});
