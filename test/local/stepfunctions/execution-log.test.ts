import { expect, test } from "vitest";
import type { Json, JsonObject } from "../../../local/json.ts";
import { failing, machine, work } from "./machine.ts";
import { arn, echo, executionArn, group, started } from "./started.ts";

const logging = (fields: JsonObject): JsonObject => ({
  LoggingConfiguration: { Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: `${group}:*` } }], ...fields },
});
const breaking = machine({ Work: work() });
const events = (...types: string[]) => types;

test.each<[string, string[]]>([
  [
    "ALL",
    events("ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskFailed", "ExecutionFailed"),
  ],
  ["ERROR", events("TaskFailed", "ExecutionFailed")],
  ["FATAL", events("ExecutionFailed")],
  ["OFF", []],
])("at level %s a failing execution writes its events to the log group", async (Level, types) => {
  const { machines, lines } = started(breaking, logging({ Level }), { invoke: failing("Broken") });
  await machines.start(arn, {}).ended;
  expect(lines.map(([to, { type }]) => [to, type])).toEqual(types.map((type) => [group, type]));
});

test("an event is written in Step Functions' own shape", async () => {
  const { machines, lines } = started(breaking, logging({ Level: "ERROR" }), { invoke: failing("Broken") });
  await machines.start(arn, {}, { name: "one" }).ended;
  expect(lines[0]?.[1]).toEqual({
    id: "5",
    type: "TaskFailed",
    details: {
      resourceType: "lambda",
      resource: "invoke",
      error: "Broken",
      cause: '{"errorType":"Broken","errorMessage":"no reason"}',
    },
    previous_event_id: "4",
    event_timestamp: String(Date.UTC(2026, 0, 1)),
    execution_arn: executionArn,
  });
});

test.each<[boolean, Json]>([
  [
    true,
    { input: '{"secret":1}', inputDetails: { truncated: false }, roleArn: "arn:aws:iam::123456789012:role/Machine" },
  ],
  [false, { roleArn: "arn:aws:iam::123456789012:role/Machine" }],
])("with IncludeExecutionData %s", async (IncludeExecutionData, details) => {
  const { machines, lines } = started(echo, logging({ Level: "ALL", IncludeExecutionData }));
  await machines.start(arn, { secret: 1 }).ended;
  expect(lines[0]?.[1]).toMatchObject({ type: "ExecutionStarted" });
  expect(lines[0]?.[1].details).toEqual(details);
});
