import { expect, test } from "vitest";
import type { JsonObject } from "../../../../local/json.ts";
import { manualClock } from "../../../support/manual-clock.ts";
import { begin, execute } from "../execute.ts";
import { failing, machine, pass, returned, threw, work } from "../machine.ts";

/** Seconds after the start at which a function that always fails was called. */
const callsOf = async (retrier: JsonObject, random = () => 0.5) => {
  const clock = manualClock(0);
  const calls: number[] = [];
  const invoke = async () => {
    calls.push(clock.now() / 1000);
    return threw("Busy");
  };
  const { outcome } = begin(
    machine({ Work: work({ Retry: [{ ErrorEquals: ["Busy"], ...retrier }] }) }),
    {},
    { clock, invoke, random },
  );
  await clock.advance(250_000);
  await outcome;
  return calls;
};

test.each<[string, JsonObject, number[]]>([
  ["waits 1, 2 and 4 seconds by default", {}, [0, 1, 3, 7]],
  ["multiplies IntervalSeconds by BackoffRate", { IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 3 }, [0, 2, 8, 26]],
  ["waits MaxDelaySeconds at most", { IntervalSeconds: 5, MaxDelaySeconds: 8, MaxAttempts: 4 }, [0, 5, 13, 21, 29]],
  ["waits equally long with a BackoffRate of 1", { IntervalSeconds: 3, BackoffRate: 1, MaxAttempts: 2 }, [0, 3, 6]],
  ["does not retry with MaxAttempts 0", { MaxAttempts: 0 }, [0]],
  ["waits a random part of the delay with full jitter", { JitterStrategy: "FULL", MaxAttempts: 2 }, [0, 0.5, 1.5]],
])("a retrier %s", async (_does, retrier, calls) => {
  expect(await callsOf(retrier)).toEqual(calls);
});

test("each retrier counts its own attempts, and the first that names the error decides", async () => {
  const Retry = [
    { ErrorEquals: ["Busy"], MaxAttempts: 1 },
    { ErrorEquals: ["States.ALL"], MaxAttempts: 1 },
  ];
  const run = (...errors: string[]) => execute(machine({ Work: work({ Retry }) }), 7, { invoke: failing(...errors) });
  expect((await run("Busy", "Other")).outcome).toEqual({ status: "SUCCEEDED", output: 7 });
  expect((await run("Busy", "Busy")).outcome).toMatchObject({ status: "FAILED", error: "Busy" });
});

test("what retries do not cure is caught, with the error as the next state's input", async () => {
  const Catch = [{ ErrorEquals: ["Broken"], Next: "After", Assign: { seen: "{% $states.errorOutput.Error %}" } }];
  const states = {
    Work: work({ Catch, Next: "Unreached" }),
    Unreached: pass(),
    After: pass({ Output: ["{% $seen %}", "{% $states.input.Cause %}"] }),
  };
  const { outcome } = await execute(machine(states), {}, { invoke: failing("Broken") });
  expect(outcome).toEqual({
    status: "SUCCEEDED",
    output: ["Broken", '{"errorType":"Broken","errorMessage":"no reason"}'],
  });
});

test("an expression that fails in a task is caught like any error", async () => {
  const Catch = [{ ErrorEquals: ["States.QueryEvaluationError"], Next: "After" }];
  const states = { Work: work({ Output: "{% $nothing %}", Catch, Next: "After" }), After: pass({ Output: "caught" }) };
  expect((await execute(machine(states), {}, { invoke: failing() })).outcome).toEqual({
    status: "SUCCEEDED",
    output: "caught",
  });
});

test("$states.context counts the retries of a state", async () => {
  const payloads: string[] = [];
  const Arguments = { FunctionName: "worker", Payload: "{% $states.context.State.RetryCount %}" };
  const invoke = failing("Busy", "Busy");
  await execute(
    machine({ Work: work({ Arguments, Retry: [{ ErrorEquals: ["Busy"] }] }) }),
    {},
    {
      invoke: (request) => {
        payloads.push(request.payload);
        return invoke(request);
      },
    },
  );
  expect(payloads).toEqual(["0", "1", "2"]);
});

test.each([
  ["States.ALL", "States.Timeout", "caught"],
  ["States.ALL", "Anything", "caught"],
  ["States.TaskFailed", "Anything", "caught"],
  ["States.TaskFailed", "States.Timeout", "not"],
  ["States.ALL", "States.DataLimitExceeded", "not"],
  ["States.ALL", "States.Runtime", "not"],
  ["States.TaskFailed", "States.DataLimitExceeded", "not"],
  ["States.DataLimitExceeded", "States.DataLimitExceeded", "caught"],
])("a catcher of %s: %s is %s caught", async (name, error, caught) => {
  const Catch = [{ ErrorEquals: [name], Next: "After" }];
  const states = { Work: work({ Catch, Next: "After" }), After: pass({ Output: "caught" }) };
  const { outcome } = await execute(machine(states), {}, { invoke: async () => threw(error) });
  expect(outcome.status === "SUCCEEDED" ? outcome.output : "not").toBe(caught);
});

test("a function's answer that is worth no retry is not asked for twice", async () => {
  let calls = 0;
  const invoke = async () => {
    calls++;
    return returned("done");
  };
  await execute(machine({ Work: work({ Retry: [{ ErrorEquals: ["States.ALL"] }] }) }), {}, { invoke });
  expect(calls).toBe(1);
});
