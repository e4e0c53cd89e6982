import { expect, test } from "vitest";
import { AwsError } from "../../../../local/aws/error.ts";
import type { CallService } from "../../../../local/aws/service.ts";
import type { Json, JsonObject } from "../../../../local/json.ts";
import { execute } from "../execute.ts";
import { machine } from "../machine.ts";

type Call = [service: string, action: string, input: JsonObject];

/** Runs one task; the service answers `answer`, or throws it where it is an error. */
const run = async (resource: string, Arguments: Json, answer: JsonObject | AwsError = {}) => {
  const calls: Call[] = [];
  const callService: CallService = async (service, action, input) => {
    calls.push([service, action, input]);
    if (answer instanceof AwsError) throw answer;
    return answer;
  };
  const Task = { Type: "Task", Resource: `arn:aws:states:::${resource}`, Arguments };
  const { outcome } = await execute(machine({ Task }), {}, { callService });
  return { calls, outcome };
};

const executionArn = "arn:aws:states:us-east-1:111111111111:express:Machine:one:1";
const machineArn = "arn:aws:states:us-east-1:111111111111:stateMachine:Machine";

test.each<[string, JsonObject, Call]>([
  ["aws-sdk:dynamodb:query", { TableName: "t" }, ["dynamodb", "Query", { TableName: "t" }]],
  ["aws-sdk:sqs:sendMessage", { QueueUrl: "q" }, ["sqs", "SendMessage", { QueueUrl: "q" }]],
  ["aws-sdk:eventbridge:putEvents", { Entries: [] }, ["events", "PutEvents", { Entries: [] }]],
  [
    "aws-sdk:sfn:startSyncExecution",
    { StateMachineArn: "m", Input: "{}" },
    ["states", "StartSyncExecution", { stateMachineArn: "m", input: "{}" }],
  ],
  [
    "sqs:sendMessage",
    { QueueUrl: "q", MessageBody: { a: 1 } },
    ["sqs", "SendMessage", { QueueUrl: "q", MessageBody: '{"a":1}' }],
  ],
  [
    "sqs:sendMessage",
    { QueueUrl: "q", MessageBody: "as it is" },
    ["sqs", "SendMessage", { QueueUrl: "q", MessageBody: "as it is" }],
  ],
  ["dynamodb:getItem", { TableName: "t", Key: {} }, ["dynamodb", "GetItem", { TableName: "t", Key: {} }]],
  ["dynamodb:putItem", { TableName: "t", Item: {} }, ["dynamodb", "PutItem", { TableName: "t", Item: {} }]],
  ["dynamodb:updateItem", { TableName: "t", Key: {} }, ["dynamodb", "UpdateItem", { TableName: "t", Key: {} }]],
  ["dynamodb:deleteItem", { TableName: "t", Key: {} }, ["dynamodb", "DeleteItem", { TableName: "t", Key: {} }]],
  [
    "events:putEvents",
    { Entries: [{ Detail: { a: 1 }, Source: "s", Resources: ["r"] }] },
    [
      "events",
      "PutEvents",
      { Entries: [{ Detail: '{"a":1}', Source: "s", Resources: ["r", executionArn, machineArn] }] },
    ],
  ],
])("%s sends %j", async (resource, args, call) => {
  expect((await run(resource, args)).calls).toEqual([call]);
});

test("a child execution that failed is a success of startSyncExecution, its fields in PascalCase", async () => {
  const answer = {
    status: "FAILED",
    output: '{"a":1}',
    startDate: 1_767_225_600.5,
    billingDetails: { billedMemoryUsedInMB: 64 },
  };
  expect((await run("aws-sdk:sfn:startSyncExecution", { StateMachineArn: "m" }, answer)).outcome).toEqual({
    status: "SUCCEEDED",
    output: {
      Status: "FAILED",
      Output: '{"a":1}',
      StartDate: "2026-01-01T00:00:00.500Z",
      BillingDetails: { BilledMemoryUsedInMB: 64 },
    },
  });
});

test("an SDK integration's answer is the service's, an optimized one's has what is known of the call too", async () => {
  const answer = { Items: [], Count: 0 };
  expect((await run("aws-sdk:dynamodb:query", {}, answer)).outcome).toEqual({ status: "SUCCEEDED", output: answer });
  expect((await run("dynamodb:getItem", {}, {})).outcome).toMatchObject({
    output: { SdkHttpMetadata: { HttpStatusCode: 200 } },
  });
});

test("putEvents fails when an entry failed, though the service answered 200", async () => {
  const answer = { FailedEntryCount: 1, Entries: [{ ErrorCode: "InternalFailure" }] };
  expect((await run("events:putEvents", { Entries: [] }, answer)).outcome).toEqual({
    status: "FAILED",
    error: "EventBridge.FailedEntry",
    cause: JSON.stringify(answer),
  });
});

test.each([
  ["aws-sdk:dynamodb:putItem", "ConditionalCheckFailedException", "DynamoDb.ConditionalCheckFailedException"],
  ["aws-sdk:dynamodb:query", "AccessDeniedException", "DynamoDb.DynamoDbException"],
  ["aws-sdk:dynamodb:query", "ValidationException", "DynamoDb.DynamoDbException"],
  ["aws-sdk:sfn:startSyncExecution", "StateMachineDoesNotExist", "Sfn.StateMachineDoesNotExistException"],
  ["aws-sdk:sfn:startSyncExecution", "AccessDeniedException", "Sfn.SfnException"],
  ["aws-sdk:sqs:sendMessage", "QueueDoesNotExist", "Sqs.QueueDoesNotExistException"],
  ["aws-sdk:eventbridge:putEvents", "AccessDeniedException", "EventBridge.AccessDeniedException"],
  ["dynamodb:putItem", "ConditionalCheckFailedException", "DynamoDB.ConditionalCheckFailedException"],
  ["dynamodb:putItem", "AccessDeniedException", "DynamoDB.AmazonDynamoDBException"],
  ["sqs:sendMessage", "AccessDeniedException", "SQS.AmazonSQSException"],
  ["events:putEvents", "AccessDeniedException", "EventBridge.AmazonEventBridgeException"],
])("%s: %s is %s", async (resource, name, error) => {
  expect((await run(resource, {}, new AwsError(name, "No."))).outcome).toMatchObject({ status: "FAILED", error });
});

test("a service that is not run here is refused by name when the machine is loaded", async () => {
  await expect(run("aws-sdk:s3:getObject", {})).rejects.toThrow(
    "aws-sdk:s3:getObject is not run here; what is: lambda:invoke,",
  );
});
