import { expect, test } from "vitest";
import type { JsonObject } from "../../../local/json.ts";
import { machine, pass, returned, work } from "./machine.ts";
import { arn, echo, executionArn, started } from "./started.ts";

test("an execution is started and ends by itself", async () => {
  const { machines } = started(machine({ Echo: pass({ Output: "{% $states.input.a %}" }) }));
  const { executionArn, ended } = machines.start(arn, { a: 1 }, { name: "mine" });
  expect(executionArn).toBe("arn:aws:states:us-east-1:123456789012:express:Machine:mine:id-1");
  expect(await ended).toEqual({ status: "SUCCEEDED", output: 1 });
});

test("one name may be started twice", async () => {
  const { machines } = started(echo);
  const [first, second] = [1, 2].map(() => machines.start(arn, {}, { name: "one" }).executionArn);
  expect(first).not.toBe(second);
});

test("input over 256 KiB starts nothing", () => {
  const { machines } = started(echo);
  expect(() => machines.start(arn, "x".repeat(256 * 1024))).toThrow(
    "Member must have length less than or equal to 262144",
  );
});

test("an action that does not exist is refused", async () => {
  const { machines } = started(echo);
  await expect(machines.service.call("toString", {}, { principal: { kind: "operator" } })).rejects.toMatchObject({
    name: "UnknownOperationException",
  });
});

test.each<[string, JsonObject, string]>([
  ["StartExecution", { stateMachineArn: arn }, arn],
  ["StartSyncExecution", { stateMachineArn: arn }, arn],
  ["StopExecution", { executionArn }, executionArn],
  ["ListStateMachines", {}, "*"],
])("%s needs leave for the machine or execution it is about", (action, input, resource) => {
  const { machines } = started(echo);
  expect(machines.service.permissions(action, input)).toEqual([{ action: `states:${action}`, resource }]);
});

test("the trace header of the call travels to the tasks, that of the start where the call has none", async () => {
  const traces: (string | undefined)[] = [];
  const { machines } = started(
    machine({ Work: work() }),
    {},
    {
      invoke: async ({ traceHeader }) => {
        traces.push(traceHeader);
        return returned(null);
      },
    },
  );
  const principal = { kind: "operator" } as const;
  const input = { stateMachineArn: arn, traceHeader: "Root=of-the-start" };
  await machines.service.call("StartSyncExecution", input, { principal, traceHeader: "Root=of-the-call" });
  await machines.service.call("StartSyncExecution", input, { principal });
  await machines.start(arn, {}, { traceHeader: "Root=of-the-bus" }).ended;
  expect(traces).toEqual(["Root=of-the-call", "Root=of-the-start", "Root=of-the-bus"]);
});

test("an execution that fails is logged with its error, cause and ARN", async () => {
  const { machines, logged } = started(machine({ Stop: { Type: "Fail", Error: "Full", Cause: "no room" } }));
  await machines.start(arn, {}, { name: "one" }).ended;
  expect(logged).toEqual([
    {
      level: "warn",
      from: "states/Machine",
      message: "An execution failed: Full",
      details: { error: "Full", cause: "no room", stateMachine: "Machine", executionArn },
    },
  ]);
});

test("an error of the runtime fails the execution and is logged with its stack", async () => {
  const { machines, logged } = started(
    machine({ Work: work({ Retry: [{ ErrorEquals: ["States.ALL"] }] }) }),
    {},
    {
      invoke: async () => {
        throw new TypeError("a bug");
      },
    },
  );
  expect(await machines.start(arn, {}).ended).toEqual({ status: "FAILED", error: "States.Runtime", cause: "a bug" });
  expect(logged).toMatchObject([{ level: "error", details: { stack: expect.stringContaining("TypeError: a bug") } }]);
});

test("stop aborts what runs and waits for it", async () => {
  const { machines } = started(machine({ Wait: { Type: "Wait", Seconds: 60 } }));
  const { ended } = machines.start(arn, {});
  await machines.stop();
  expect(await ended).toEqual({ status: "ABORTED" });
});
