import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startRoomcast } from "../support/roomcast.ts";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let dynamoDb: DynamoDBClient;
let events: EventBridgeClient;
let lambda: LambdaClient;
let logs: CloudWatchLogsClient;
let sfn: SFNClient;
let sqs: SQSClient;
beforeAll(async () => {
  roomcast = await startRoomcast();
  dynamoDb = new DynamoDBClient(roomcast.client);
  events = new EventBridgeClient(roomcast.client);
  lambda = new LambdaClient(roomcast.client);
  logs = new CloudWatchLogsClient(roomcast.client);
  // Without this the SDK prepends `sync-` to the host for StartSyncExecution, and sync-127.0.0.1 is no host.
  sfn = new SFNClient({ ...roomcast.client, disableHostPrefix: true });
  sqs = new SQSClient(roomcast.client);
});
afterAll(async () => {
  for (const client of [dynamoDb, events, lambda, logs, sfn, sqs]) client.destroy();
  await roomcast.stop();
});

const tableName = async (part: string) => {
  const { TableNames = [] } = await dynamoDb.send(new ListTablesCommand({}));
  return TableNames.find((name) => name.includes(`tables${part}`));
};
const machineArn = async (name: string) => {
  const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({}));
  return stateMachines.find(({ stateMachineArn }) => stateMachineArn?.includes(name))?.stateMachineArn;
};

/** The detail of a message to a room, as if it had been published there. */
const posted = (room: string, data: unknown) => ({
  id: "01JG0000000000000000000000",
  room,
  seq: 1,
  from: { id: "backend", name: "Backend" },
  data,
  received: Date.now(),
  sender: "nobody=",
  trace: "Root=1-69000000-000000000000000000000001;Sampled=0",
});

test("a table is described as the template has it, its expiry too", async () => {
  const TableName = await tableName("connections");
  const { Table } = await dynamoDb.send(new DescribeTableCommand({ TableName }));
  expect(Table).toMatchObject({
    TableStatus: "ACTIVE",
    BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
    GlobalSecondaryIndexes: [{ IndexName: "room-index" }],
  });
  const { TimeToLiveDescription } = await dynamoDb.send(new DescribeTimeToLiveCommand({ TableName }));
  expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: "ENABLED", AttributeName: "expiresAt" });
});

test("who is in a room is read by Query and Scan, and a row is written by hand", async () => {
  const ann = await roomcast.connect({ room: "tables", name: "Ann" });
  const TableName = await tableName("connections");
  const query = new QueryCommand({
    TableName,
    IndexName: "room-index",
    KeyConditionExpression: "room = :room",
    ExpressionAttributeValues: { ":room": { S: "tables" } },
  });
  const [row] = (await dynamoDb.send(query)).Items ?? [];
  expect(row).toMatchObject({ room: { S: "tables" }, connectionId: { S: expect.any(String) } });

  await dynamoDb.send(new PutItemCommand({ TableName, Item: { ...row, connectionId: { S: "bygone=" } } }));
  const { Items = [] } = await dynamoDb.send(new ScanCommand({ TableName }));
  expect(Items.filter(({ room }) => room?.S === "tables")).toHaveLength(2);
  await ann.close();
});

test("an event put on the bus is delivered to the room", async () => {
  const ann = await roomcast.connect({ room: "events" });
  const entry = {
    EventBusName: roomcast.outputs.EventBusName,
    Source: "roomcast",
    DetailType: "MessagePosted",
    Detail: JSON.stringify(posted("events", "from a backend")),
  };
  const { FailedEntryCount, Entries } = await events.send(new PutEventsCommand({ Entries: [entry] }));
  expect([FailedEntryCount, Entries?.[0]?.EventId]).toEqual([0, expect.any(String)]);
  expect(await ann.next({ type: "message" })).toMatchObject({ room: "events", data: "from a backend" });
  await ann.close();
});

test("the state machine is started by hand", async () => {
  const ann = await roomcast.connect({ room: "machines" });
  const stateMachineArn = await machineArn("roomfanout");
  const input = JSON.stringify({ detail: posted("machines", "by hand") });
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input }));
  expect(executionArn).toMatch(/^arn:aws:states:us-east-1:\d{12}:express:/);
  expect(await ann.next({ type: "message" })).toMatchObject({ data: "by hand" });
  await ann.close();
});

test("who starts it synchronously gets how it ended, also where it failed", async () => {
  const stateMachineArn = await machineArn("roomfanout");
  const input = JSON.stringify({ detail: posted("empty", "to nobody") });
  const ended = await sfn.send(new StartSyncExecutionCommand({ stateMachineArn, input }));
  expect(ended).toMatchObject({ status: "SUCCEEDED", input, stateMachineArn });
  const failed = await sfn.send(new StartSyncExecutionCommand({ stateMachineArn, input: "{}" }));
  expect(failed).toMatchObject({ status: "FAILED", error: "States.QueryEvaluationError" });
});

test("an Express machine has no list of executions, and none of them can be described or stopped", async () => {
  const stateMachineArn = await machineArn("roomfanout");
  const input = JSON.stringify({ detail: posted("empty", "to nobody") });
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input }));
  await expect(sfn.send(new ListExecutionsCommand({ stateMachineArn }))).rejects.toMatchObject({
    name: "StateMachineTypeNotSupported",
    message: "This operation is not supported by this type of state machine",
  });
  const commands = [
    new DescribeExecutionCommand({ executionArn }),
    new GetExecutionHistoryCommand({ executionArn }),
    new StopExecutionCommand({ executionArn }),
  ];
  for (const command of commands)
    await expect(sfn.send(command as StopExecutionCommand)).rejects.toMatchObject({ name: "InvalidArn" });
});

test("a dead-letter queue is read as the template declares it, by the URL in the stack's outputs", async () => {
  const QueueUrl = roomcast.outputs.UndeliveredQueueUrl;
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "by hand" }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
  expect(Messages).toMatchObject([{ Body: "by hand" }]);
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages?.[0]?.ReceiptHandle }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
  expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: "0", MessageRetentionPeriod: "1209600" });
});

test("a function is invoked, and answers with the end of its log", async () => {
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const { FunctionName } = Functions.find(({ Handler }) => Handler === "ping.handler")!;
  const Payload = JSON.stringify({
    body: JSON.stringify({ message: "ping", ref: "r".repeat(65) }),
    requestContext: { connectionId: "nobody=", connectedAt: 0, authorizer: { principalId: "p", name: "n" } },
  });
  const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload, LogType: "Tail" }));
  expect([answer.StatusCode, answer.FunctionError]).toEqual([200, undefined]);
  const { body } = JSON.parse(answer.Payload!.transformToString());
  expect(JSON.parse(body)).toMatchObject({ type: "error", code: "BAD_FRAME" });
  expect(Buffer.from(answer.LogResult!, "base64").toString()).toContain('"message":"Refused."');
});

test("a function's lines are found by the message's id, in the stream of the environment that wrote them", async () => {
  const ann = await roomcast.connect({ room: "logs" });
  const { id } = await ann.ask({ message: "publish", data: "hello" });
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
  const { logGroupName } = logGroups.find((group) => group.logGroupName?.includes("publishlogs"))!;
  const pattern = `{ $.correlation_id = "${id}" }`;
  const found = await logs.send(
    new FilterLogEventsCommand({ logGroupName, filterPattern: pattern, interleaved: true }),
  );
  expect(found.events?.length).toBeGreaterThan(0);
  const { logStreams = [] } = await logs.send(new DescribeLogStreamsCommand({ logGroupName }));
  const names = logStreams.map(({ logStreamName }) => logStreamName);
  expect(names).toContain(found.events?.[0]?.logStreamName);
  expect(names[0]).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
  await ann.close();
});

test("the state machine's log says how an execution failed", async () => {
  const stateMachineArn = await machineArn("roomfanout");
  await sfn.send(new StartSyncExecutionCommand({ stateMachineArn, input: "{}" }));
  const { logGroups = [] } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: "/aws/vendedlogs/states/" }),
  );
  const logGroupName = logGroups.find(({ logGroupName }) => logGroupName?.endsWith("room-fanout"))?.logGroupName;
  const filterPattern = '{ $.type = "ExecutionFailed" }';
  const { events: lines } = await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern }));
  expect(JSON.parse(lines?.at(-1)?.message ?? "")).toMatchObject({
    details: { error: "States.QueryEvaluationError" },
    execution_arn: expect.stringContaining(":express:"),
  });
});
