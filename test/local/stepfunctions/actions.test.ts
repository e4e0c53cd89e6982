import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import { machine } from "./machine.ts";
import { arn, echo, executionArn, withSdk } from "./started.ts";

test("StartExecution answers before the execution has ended", async () => {
  const { sfn } = await withSdk(machine({ Wait: { Type: "Wait", Seconds: 60 } }));
  const answer = await sfn.send(new StartExecutionCommand({ stateMachineArn: arn, name: "one", input: "{}" }));
  expect(answer).toMatchObject({
    executionArn: expect.stringContaining(":express:Machine:one:"),
    startDate: new Date(Date.UTC(2026, 0, 1)),
  });
});

test("StartSyncExecution answers with the output", async () => {
  const { sfn } = await withSdk(echo);
  const answer = await sfn.send(new StartSyncExecutionCommand({ stateMachineArn: arn, input: '{"a":1}' }));
  expect(answer).toMatchObject({
    status: "SUCCEEDED",
    stateMachineArn: arn,
    input: '{"a":1}',
    output: '{"a":1}',
    outputDetails: { included: true },
    billingDetails: { billedDurationInMilliseconds: 0, billedMemoryUsedInMB: 64 },
  });
});

test("StartSyncExecution leaves input and output out when asked to", async () => {
  const { sfn } = await withSdk(echo);
  const answer = await sfn.send(new StartSyncExecutionCommand({ stateMachineArn: arn, includedData: "METADATA_ONLY" }));
  expect(answer).toMatchObject({ status: "SUCCEEDED", outputDetails: { included: false } });
  expect([answer.input, answer.output]).toEqual([undefined, undefined]);
});

test("StartSyncExecution of an execution that fails is answered with its error", async () => {
  const { sfn } = await withSdk(machine({ Stop: { Type: "Fail", Error: "Full", Cause: "no room" } }));
  expect(await sfn.send(new StartSyncExecutionCommand({ stateMachineArn: arn }))).toMatchObject({
    status: "FAILED",
    error: "Full",
    cause: "no room",
  });
});

const unknownArn = arn.replace(/Machine$/, "Other");
const notInContext = "Invalid Arn: 'Resource type not valid in this context: express'";
test.each([
  [
    "an unknown machine",
    new StartExecutionCommand({ stateMachineArn: unknownArn }),
    "StateMachineDoesNotExist",
    `State Machine Does Not Exist: '${unknownArn}'`,
  ],
  [
    "an ARN that is none",
    new StartExecutionCommand({ stateMachineArn: "Machine" }),
    "InvalidArn",
    "Invalid Arn: 'Invalid ARN prefix: Machine'",
  ],
  [
    "a bad name",
    new StartExecutionCommand({ stateMachineArn: arn, name: "a b" }),
    "InvalidName",
    "Invalid Name: 'a b'",
  ],
  [
    "a name that is too long",
    new StartExecutionCommand({ stateMachineArn: arn, name: "a".repeat(81) }),
    "InvalidName",
    `Invalid Name: '${"a".repeat(81)}'`,
  ],
  [
    "input that is not JSON",
    new StartExecutionCommand({ stateMachineArn: arn, input: "{" }),
    "InvalidExecutionInput",
    expect.stringContaining("Invalid State Machine Execution Input: '"),
  ],
  [
    "input that nests too deep",
    new StartExecutionCommand({ stateMachineArn: arn, input: `${"[".repeat(1_001)}${"]".repeat(1_001)}` }),
    "InvalidExecutionInput",
    "Invalid State Machine Execution Input: 'nests more than 1000 levels'",
  ],
  [
    "input over 256 KiB",
    new StartSyncExecutionCommand({ stateMachineArn: arn, input: `"${"x".repeat(262_143)}"` }),
    "ValidationException",
    "1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to 262144",
  ],
  [
    "no machine",
    new StartExecutionCommand({ stateMachineArn: undefined }),
    "ValidationException",
    "1 validation error detected: Value null at 'stateMachineArn' failed to satisfy constraint: Member must not be null",
  ],
  [
    "ListExecutions",
    new ListExecutionsCommand({ stateMachineArn: arn }),
    "StateMachineTypeNotSupported",
    "This operation is not supported by this type of state machine",
  ],
  ["DescribeExecution", new DescribeExecutionCommand({ executionArn }), "InvalidArn", notInContext],
  ["GetExecutionHistory", new GetExecutionHistoryCommand({ executionArn }), "InvalidArn", notInContext],
  ["StopExecution", new StopExecutionCommand({ executionArn }), "InvalidArn", notInContext],
])("%s is answered as by AWS", async (_what, command, name, message) => {
  const { sfn } = await withSdk(echo);
  await expect(sfn.send(command as StartExecutionCommand)).rejects.toMatchObject({ name, message });
});

test("machines are listed and described", async () => {
  const { sfn } = await withSdk(echo);
  expect((await sfn.send(new ListStateMachinesCommand({}))).stateMachines).toMatchObject([
    { stateMachineArn: arn, name: "Machine", type: "EXPRESS" },
  ]);
  const described = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: arn }));
  expect(described).toMatchObject({ status: "ACTIVE", type: "EXPRESS", loggingConfiguration: { level: "OFF" } });
  expect(JSON.parse(described.definition ?? "")).toEqual(echo);
});
