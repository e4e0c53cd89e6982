import { expect, test } from "vitest";
import { withKeyPermissions } from "../../../local/dynamodb/key-permissions.ts";
import { permissionsOf } from "../../../local/dynamodb/permissions.ts";
import type { JsonObject } from "../../../local/json.ts";
import { books } from "./books.ts";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd";
const locked = books({ SSESpecification: { SSEEnabled: true, SSEType: "KMS", KMSMasterKeyId: KEY } }, "locked");
const withKeys = withKeyPermissions([books(), locked], "us-east-1");

const onKey = (action: string, input: JsonObject) =>
  withKeys(permissionsOf("arn:aws:dynamodb:us-east-1:123456789012:", action, input)).filter(
    (permission) => !permission.action.startsWith("dynamodb:"),
  );

test.each<[string, JsonObject]>([
  ["PutItem", { TableName: "locked" }],
  ["Query", { TableName: "locked", IndexName: "by-genre" }],
  ["BatchWriteItem", { RequestItems: { books: [], locked: [] } }],
  ["TransactWriteItems", { TransactItems: [{ Put: { TableName: "locked" } }, { Delete: { TableName: "locked" } }] }],
])("%s of %j needs the table's own key, once, and by DynamoDB", (action, input) => {
  expect(onKey(action, input)).toEqual([
    { action: "kms:Decrypt", resource: KEY, conditions: { "kms:ViaService": "dynamodb.us-east-1.amazonaws.com" } },
  ]);
});

test.each<[string, JsonObject]>([
  ["PutItem", { TableName: "books" }],
  ["DescribeTable", { TableName: "locked" }],
  ["UpdateTimeToLive", { TableName: "locked" }],
  ["ListTables", {}],
])("%s of %j needs no key", (action, input) => {
  expect(onKey(action, input)).toEqual([]);
});
