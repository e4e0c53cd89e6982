import { expect, test } from "vitest";
import type { JsonObject } from "../../../../local/json.ts";
import { manualClock } from "../../../support/manual-clock.ts";
import { begin } from "../execute.ts";
import { flow, machine, pass, work } from "../machine.ts";

/** Runs a machine whose function never answers; tells when its signal aborted. */
const hanging = (definition: JsonObject, input: JsonObject = {}) => {
  const clock = manualClock(0);
  const aborted: number[] = [];
  const { outcome, events } = begin(definition, input, {
    clock,
    invoke: ({ signal }) =>
      new Promise(() => {
        signal?.addEventListener("abort", () => aborted.push(clock.now() / 1000));
      }),
  });
  return { clock, outcome, aborted, events };
};

test.each([
  ["TimeoutSeconds", "States.Timeout"],
  ["HeartbeatSeconds", "States.HeartbeatTimeout"],
])("a task fails when its %s have passed, and its call is aborted", async (field, error) => {
  const { clock, outcome, aborted } = hanging(machine({ Work: work({ [field]: "{% $states.input.limit %}" }) }), {
    limit: 7,
  });
  await clock.advance(7000);
  expect(await outcome).toEqual({ status: "FAILED", error });
  expect(aborted).toEqual([7]);
});

test("a timeout is retried and caught by its name", async () => {
  const Retry = [{ ErrorEquals: ["States.Timeout"], MaxAttempts: 1 }];
  const Catch = [{ ErrorEquals: ["States.Timeout"], Next: "Late" }];
  const states = { Work: work({ TimeoutSeconds: 2, Retry, Catch, End: true }), Late: pass({ Output: "late" }) };
  const { clock, outcome, aborted } = hanging(machine(states));
  await clock.advance(5000);
  expect(await outcome).toEqual({ status: "SUCCEEDED", output: "late" });
  expect(aborted).toEqual([2, 5]);
});

test.each<[string, JsonObject, number]>([
  ["five minutes", {}, 300],
  ["TimeoutSeconds of the machine", { TimeoutSeconds: 20 }, 20],
])("an execution ends after %s, and no state catches that", async (_limit, fields, seconds) => {
  const Catch = [{ ErrorEquals: ["States.ALL"], Next: "Unreached" }];
  const states = { Work: work({ Catch, End: true }), Unreached: pass() };
  const { clock, outcome, aborted, events } = hanging(machine(states, fields));
  await clock.advance(seconds * 1000);
  expect(await outcome).toEqual({ status: "TIMED_OUT", error: "States.Timeout" });
  expect(aborted).toEqual([seconds]);
  expect(events.at(-1)?.type).toBe("ExecutionTimedOut");
});

test("a loop without an end is timed out too", async () => {
  const { clock, outcome } = hanging(
    machine({ Round: pass({ Next: "And round" }), "And round": pass({ Next: "Round" }) }),
  );
  await clock.advance(300_000);
  expect((await outcome).status).toBe("TIMED_OUT");
});

test.each<[string, JsonObject]>([
  ["Seconds", { Seconds: "{% $states.input.seconds %}" }],
  ["Timestamp", { Timestamp: "1970-01-01T01:01:00+01:00" }],
])("Wait waits for its %s", async (_field, fields) => {
  const { clock, outcome, events } = hanging(machine({ Wait: { Type: "Wait", ...fields } }), { seconds: 60 });
  await clock.advance(59_999);
  expect(events.at(-1)?.type).toBe("WaitStateEntered");
  await clock.advance(1);
  expect((await outcome).status).toBe("SUCCEEDED");
});

test("an execution is aborted within a Map, whatever it waits for", async () => {
  const clock = manualClock();
  const stopping = new AbortController();
  const Each = { Type: "Map", Items: [1, 2], ItemProcessor: flow({ Wait: { Type: "Wait", Seconds: 60 } }) };
  const { outcome } = begin(machine({ Each }), {}, { clock, signal: stopping.signal });
  await clock.advance(1000);
  stopping.abort();
  expect(await outcome).toEqual({ status: "ABORTED" });
});
