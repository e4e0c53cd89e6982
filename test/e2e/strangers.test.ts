import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { ListStateMachinesCommand, SFNClient } from "@aws-sdk/client-sfn";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startRoomcast } from "../support/roomcast.ts";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
beforeAll(async () => {
  roomcast = await startRoomcast();
});
afterAll(() => roomcast.stop());

type Refusal = { name: string; $metadata: { httpStatusCode: number } };

test.each([
  ["a secret that is not the key's", { secretAccessKey: "other" }, "InvalidSignatureException"],
  ["an access key that nobody has", { accessKeyId: "AKIAOTHER" }, "UnrecognizedClientException"],
])("a call signed with %s is refused by every service", async (_what, changes, refusal) => {
  const stranger = { ...roomcast.client, credentials: { ...roomcast.operator, ...changes } };
  const calls = [
    new DynamoDBClient(stranger).send(new ListTablesCommand({})),
    new EventBridgeClient(stranger).send(new PutEventsCommand({ Entries: [] })),
    new SFNClient(stranger).send(new ListStateMachinesCommand({})),
    new SQSClient(stranger).send(new ReceiveMessageCommand({ QueueUrl: roomcast.outputs.UndeliveredQueueUrl })),
    new CloudWatchLogsClient(stranger).send(new DescribeLogGroupsCommand({})),
    new LambdaClient(stranger).send(new ListFunctionsCommand({})),
  ];
  const refusals = calls.map((call) =>
    call.then(
      () => "answered",
      ({ name, $metadata }: Refusal) => [name, $metadata.httpStatusCode],
    ),
  );
  // Lambda's API is a REST one, where a refusal is 403.
  const expected = [400, 400, 400, 400, 400, 403].map((status) => [refusal, status]);
  expect(await Promise.all(refusals)).toEqual(expected);
});

test.each([
  ["dynamodb", { "x-amz-target": "DynamoDB_20120810.ListTables" }, "/", 400],
  ["logs", { "x-amz-target": "Logs_20140328.DescribeLogGroups" }, "/", 400],
  ["@connections", {}, "/dev/@connections/nobody%3D", 403],
])("a call of %s without a signature is refused", async (_service, headers, path, status) => {
  const answer = await fetch(`${roomcast.origin}${path}`, { method: "POST", headers, body: "{}" });
  expect(answer.status).toBe(status);
  expect(await answer.text()).toContain("missing Authentication Token");
});
