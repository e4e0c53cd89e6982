import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterEach, expect, test, vi } from "vitest";
import { start } from "./start.ts";

const TableName = "books";
const Key = { author: { S: "Le Guin" }, title: { S: "Lathe" } };
const put = new PutItemCommand({ TableName, Item: Key });
const count = new ScanCommand({ TableName, Select: "COUNT" });
const refusal = {
  name: "ProvisionedThroughputExceededException",
  message:
    "The level of configured provisioned throughput for the table was exceeded. " +
    "Consider increasing your provisioning level with the UpdateTable API.",
  $metadata: { httpStatusCode: 400 },
};

afterEach(() => void vi.restoreAllMocks());

/** Tables, and a client that tries three times. The SDK draws how long it waits in between: here, not at all. */
const startPatient = async (faults: string) => {
  const { client, endpoint } = await start({ faults });
  vi.spyOn(Math, "random").mockReturnValue(0);
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return { client, patient: new DynamoDBClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 3 }) };
};

test("a call that is throttled twice comes through at the SDK's third attempt", async () => {
  const { client, patient } = await startPatient("table.throttle=#1#2");
  expect((await patient.send(put)).$metadata.attempts).toBe(3);
  expect((await client.send(count)).Count).toBe(1);
});

test("a call that is throttled at each attempt is refused in DynamoDB's words, and has no effect", async () => {
  const { client, patient } = await startPatient("table.throttle=#1#2#3");
  await expect(patient.send(put)).rejects.toMatchObject(refusal);
  expect((await client.send(count)).Count).toBe(0);
});

test("every call that reads or writes rows may be throttled, and none about tables", async () => {
  const { client } = await start({ faults: "table.throttle=100%" });
  await client.send(new DescribeTableCommand({ TableName }));
  await client.send(new ListTablesCommand());
  const query = { KeyConditionExpression: "author = :a", ExpressionAttributeValues: { ":a": Key.author } };
  const calls = [
    client.send(new GetItemCommand({ TableName, Key })),
    client.send(put),
    client.send(new UpdateItemCommand({ TableName, Key })),
    client.send(new DeleteItemCommand({ TableName, Key })),
    client.send(new QueryCommand({ TableName, ...query })),
    client.send(count),
    client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [Key] } } })),
    client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ DeleteRequest: { Key } }] } })),
  ];
  for (const call of await Promise.allSettled(calls))
    expect(call).toMatchObject({ status: "rejected", reason: refusal });
});
