import { expect, test } from "vitest";
import type { Faults } from "../../../local/faults/faults.ts";
import type { InvokeFunction } from "../../../local/lambda/invoke.ts";
import { flow, machine, pass, returned, work } from "./machine.ts";
import { arn, executionArn, started } from "./started.ts";

/** The first execution breaks off at this event of its history. */
const breakingAt = (event: number): Faults => {
  let occasions = 0;
  return {
    strikes: (name) => name === "execution.restart" && ++occasions === 1,
    chance: () => Math.log(event + 0.5) / Math.log(1024),
    ms: () => 0,
  };
};

/** A function that keeps the events that it was invoked with. */
const recording = () => {
  const invoked: unknown[] = [];
  const invoke: InvokeFunction = async ({ payload }) => {
    invoked.push(JSON.parse(payload));
    return returned(JSON.parse(payload));
  };
  return { invoked, invoke };
};

const twoSteps = machine({ First: work({ Output: "second" }), Second: work(), Third: pass() });

test.each([
  ["before anything was done", 1, ["first", "second"]],
  ["after its first task", 6, ["first", "first", "second"]],
  ["after its second task", 12, ["first", "second", "first", "second"]],
  ["after its end", 1000, ["first", "second", "first", "second"]],
])("an execution that breaks off %s starts again from the beginning", async (_when, event, expected) => {
  const { invoked, invoke } = recording();
  const { machines } = started(twoSteps, {}, { invoke, faults: breakingAt(event) });
  expect(await machines.start(arn, "first").ended).toEqual({ status: "SUCCEEDED", output: "second" });
  expect(invoked).toEqual(expected);
});

test("the log says that it did, and the execution keeps its name", async () => {
  const { machines, logged } = started(twoSteps, {}, { ...recording(), faults: breakingAt(6) });
  await machines.start(arn, "first", { name: "one" }).ended;
  expect(logged).toEqual([
    {
      level: "info",
      from: "states/Machine",
      message: "An execution broke off, and starts again from the beginning.",
      details: { stateMachine: "Machine", executionArn },
    },
  ]);
});

test("it may break off in the middle of a Map, and what iterations did is done again", async () => {
  const { invoked, invoke } = recording();
  const each = machine({ Each: { Type: "Map", MaxConcurrency: 1, ItemProcessor: flow({ Work: work() }) } });
  const { machines } = started(each, {}, { invoke, faults: breakingAt(15) });
  const outcome = await machines.start(arn, ["a", "b", "c"]).ended;
  expect(outcome).toEqual({ status: "SUCCEEDED", output: ["a", "b", "c"] });
  expect(invoked).toEqual(["a", "b", "a", "b", "c"]);
});

test("a function that was running as it broke off ends by itself", async () => {
  const first = Promise.withResolvers<void>();
  let invocations = 0;
  let ended = 0;
  const invoke: InvokeFunction = async () => {
    invocations += 1;
    if (invocations === 1) await first.promise;
    ended += 1;
    return returned(null);
  };
  const both = machine({
    Both: { Type: "Parallel", Branches: [flow({ Slow: work() }), flow({ Quick: work(), Done: pass() })] },
  });
  const { machines } = started(both, {}, { invoke, faults: breakingAt(12) });
  await machines.start(arn, {}).ended;
  expect([invocations, ended]).toEqual([4, 3]);
  first.resolve();
  await expect.poll(() => ended).toBe(4);
});

test("its log group has the events before the break, and then those of the second run", async () => {
  const group = "arn:aws:logs:us-east-1:123456789012:log-group:machine";
  const logging = { Level: "ALL", Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: `${group}:*` } }] };
  const { machines, lines } = started(
    machine({ Only: pass() }),
    { LoggingConfiguration: logging },
    { faults: breakingAt(3) },
  );
  await machines.start(arn, {}).ended;
  expect(lines.map(([, { type }]) => type)).toEqual([
    ...["ExecutionStarted", "PassStateEntered"],
    ...["ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"],
  ]);
});

test("StartSyncExecution runs its execution at most once, StartExecution at least once", async () => {
  const { invoked, invoke } = recording();
  const faults: Faults = { strikes: () => true, chance: () => 0.999, ms: () => 0 };
  const { machines } = started(machine({ Work: work() }), {}, { invoke, faults });
  const call = (action: string, input: string) =>
    machines.service.call(action, { stateMachineArn: arn, input }, { principal: { kind: "operator" } });
  await call("StartSyncExecution", '"synchronous"');
  expect(invoked).toEqual(["synchronous"]);
  await call("StartExecution", '"asynchronous"');
  await expect.poll(() => invoked).toEqual(["synchronous", "asynchronous", "asynchronous"]);
});

test("an execution that is aborted as the runtime stops is not begun again", async () => {
  const { invoked, invoke } = recording();
  const waiting = machine({ Wait: { Type: "Wait", Seconds: 60 }, Work: work() });
  const { machines, logged } = started(waiting, {}, { invoke, faults: breakingAt(1000) });
  const { ended } = machines.start(arn, {});
  await machines.stop();
  expect(await ended).toEqual({ status: "ABORTED" });
  expect([invoked, logged]).toEqual([[], []]);
});
