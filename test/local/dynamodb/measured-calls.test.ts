import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { counted } from "../cloudwatch/counted.ts";
import { start } from "./start.ts";

const TableName = "books";
const Key = { author: { S: "Le Guin" }, title: { S: "Lathe" } };
const item = { TableName, Item: Key };
const put = new PutItemCommand(item);

test("how long a call takes is known by its table and operation", async () => {
  const { putMetric, sums } = counted();
  const { client } = await start({ putMetric });
  await client.send(put);
  expect(sums({ TableName, Operation: "PutItem" })).toEqual({ SuccessfulRequestLatency: expect.any(Number) });
});

test("a condition that fails is counted by its table", async () => {
  const { putMetric, sums } = counted();
  const { client } = await start({ putMetric });
  await client.send(put);
  const again = new PutItemCommand({ ...item, ConditionExpression: "attribute_not_exists(author)" });
  await expect(client.send(again)).rejects.toThrow();
  expect(sums({ TableName })).toEqual({ ConditionalCheckFailedRequests: 1 });
});

test("a throttled call is counted by its operation, and by its table whether it writes or reads", async () => {
  const { putMetric, sums } = counted();
  const { client } = await start({ putMetric, faults: "table.throttle=100%" });
  await expect(client.send(put)).rejects.toThrow();
  await expect(client.send(new GetItemCommand({ TableName, Key }))).rejects.toThrow();
  expect(sums({ TableName, Operation: "PutItem" })).toEqual({ ThrottledRequests: 1 });
  expect(sums({ TableName })).toEqual({ WriteThrottleEvents: 1, ReadThrottleEvents: 1 });
});
