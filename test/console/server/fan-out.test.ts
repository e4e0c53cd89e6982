import { expect, test } from "vitest";
import { fanOutIn, stateOf } from "../../../console/server/fan-out.ts";
import { type ExecutionStatus, encodeExecution } from "../../../local/record/execution-record.ts";

const RECEIVED = 1_000_000;
const RECEIPT = { recipients: 1, delivered: 1, gone: 0, failed: 0, throttled: 0, durationMs: 5 };

/** An execution of a machine, as the record has it, that delivered the message `one`. */
const ended = (status: ExecutionStatus, machine = "Roomcast-dev-fanoutroomfanout0A1B2C3D") => ({
  source: machine,
  body: encodeExecution(
    {
      ...{ executionArn: "arn", stateMachine: machine, status, startedAt: RECEIVED, endedAt: RECEIVED + 5 },
      ...{ input: { detail: { id: "one" } }, states: [], entriesLeftOut: 0 },
    },
    [],
  ),
});
const state = (id: string, statuses: ExecutionStatus[], { now = RECEIVED + 60_000, receipt = false } = {}) =>
  stateOf(
    { id, received: RECEIVED, ...(receipt && { receipt: RECEIPT }) },
    statuses.map((status) => fanOutIn(ended(status))!),
    now,
  );

test("a message is running until its receipt has come, and delivered then", () => {
  expect(state("one", [])).toBe("running");
  expect(state("one", ["SUCCEEDED"], { receipt: true })).toBe("delivered");
});

test.each(["FAILED", "TIMED_OUT"] as const)("a message whose fan-out ended as %s has failed", (status) => {
  expect(state("one", [status])).toBe("failed");
});

test("a message has a receipt although one of two fan-outs failed: it is delivered", () => {
  expect(state("one", ["FAILED", "SUCCEEDED"], { receipt: true })).toBe("delivered");
});

test("a fan-out that broke off is begun again: the message is still running", () => {
  expect(state("one", ["ABORTED"])).toBe("running");
});

test("a message without a receipt after all the time that an execution may take has failed", () => {
  expect(state("one", [], { now: RECEIVED + 6 * 60_000 })).toBe("failed");
});

test("what became of another message decides nothing, nor do executions of other machines", () => {
  expect(state("another", ["FAILED"])).toBe("running");
  expect(fanOutIn(ended("FAILED", "Roomcast-dev-fanoutroomsegment0A1B2C3D"))).toBeUndefined();
});
