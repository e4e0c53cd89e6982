import { expect, test } from "vitest";
import { counted } from "../cloudwatch/counted.ts";
import { machine, pass } from "./machine.ts";
import { arn, started } from "./started.ts";

test.each([
  ["succeeds", pass(), "ExecutionsSucceeded"],
  ["fails", { Type: "Fail", Error: "Broken" }, "ExecutionsFailed"],
])("an execution that %s is counted at its start and at its end", async (_how, state, name) => {
  const { putMetric, sums } = counted();
  const { machines } = started(machine({ Only: state }), {}, { putMetric });
  await machines.start(arn, {}).ended;
  expect(sums({ StateMachineArn: arn })).toEqual({
    ExecutionsStarted: 1,
    [name]: 1,
    ExecutionTime: expect.any(Number),
  });
});

test("one that its time limit ends has timed out, after that time", async () => {
  const { putMetric, sums } = counted();
  const waiting = machine({ Wait: { Type: "Wait", Seconds: 100, End: true } }, { TimeoutSeconds: 60 });
  const { machines, clock } = started(waiting, {}, { putMetric });
  const { ended } = machines.start(arn, {});
  await clock.advance(60_000);
  await ended;
  expect(sums({ StateMachineArn: arn })).toEqual({
    ExecutionsStarted: 1,
    ExecutionsTimedOut: 1,
    ExecutionTime: 60_000,
  });
});
