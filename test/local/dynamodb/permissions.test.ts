import { expect, test } from "vitest";
import { permissionsOf } from "../../../local/dynamodb/permissions.ts";
import type { JsonObject } from "../../../local/json.ts";

const prefix = "arn:aws:dynamodb:us-east-1:123456789012:";
const needed = (action: string, input: JsonObject) =>
  permissionsOf(prefix, action, input).map((one) => `${one.action} ${one.resource.replace(prefix, "")}`);

test.each<[string, JsonObject, string[]]>([
  ["GetItem", { TableName: "books" }, ["dynamodb:GetItem table/books"]],
  ["Query", { TableName: "books", IndexName: "by-genre" }, ["dynamodb:Query table/books/index/by-genre"]],
  ["Query", { TableName: "books" }, ["dynamodb:Query table/books"]],
  ["ListTables", {}, ["dynamodb:ListTables *"]],
  ["TagResource", { ResourceArn: `${prefix}table/books` }, ["dynamodb:TagResource table/books"]],
  [
    "BatchWriteItem",
    { RequestItems: { books: [], films: [] } },
    ["dynamodb:BatchWriteItem table/books", "dynamodb:BatchWriteItem table/films"],
  ],
  [
    "TransactWriteItems",
    {
      TransactItems: [
        { Put: { TableName: "books" } },
        { Put: { TableName: "books" } },
        { ConditionCheck: { TableName: "films" } },
        { Delete: { TableName: "books" } },
      ],
    },
    ["dynamodb:PutItem table/books", "dynamodb:ConditionCheckItem table/films", "dynamodb:DeleteItem table/books"],
  ],
  ["TransactGetItems", { TransactItems: [{ Get: { TableName: "books" } }] }, ["dynamodb:GetItem table/books"]],
])("%s of %j needs %j", (action, input, permissions) => {
  expect(needed(action, input)).toEqual(permissions);
});
