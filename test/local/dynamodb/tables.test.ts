import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  BatchWriteItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { attributes, books, key } from "./books.ts";
import { emptyFolder, start } from "./start.ts";

const book = (title: string, more = {}) => ({ author: { S: "Le Guin" }, title: { S: title }, ...more });
const put = (title: string, more = {}) => new PutItemCommand({ TableName: "books", Item: book(title, more) });
const get = (title: string) => new GetItemCommand({ TableName: "books", Key: book(title), ConsistentRead: true });

test("a table of the template is there with its index and its ARN", async () => {
  const { client } = await start();
  const { Table } = await client.send(new DescribeTableCommand({ TableName: "books" }));
  expect(Table).toMatchObject({
    TableStatus: "ACTIVE",
    TableArn: "arn:aws:dynamodb:us-east-1:123456789012:table/books",
    GlobalSecondaryIndexes: [{ IndexName: "by-genre", IndexStatus: "ACTIVE" }],
  });
});

test("an index is queried by page, projected, and filtered by an attribute of the table's key", async () => {
  const { client } = await start();
  const titles = ["Lathe", "Planet", "Rocannon", "Tombs"];
  await client.send(
    new BatchWriteItemCommand({
      RequestItems: { books: titles.map((title) => ({ PutRequest: { Item: book(title, { genre: { S: "SF" } }) } })) },
    }),
  );
  const query = {
    TableName: "books",
    IndexName: "by-genre",
    KeyConditionExpression: "genre = :genre AND title BETWEEN :from AND :to",
    FilterExpression: "author <> :author",
    ProjectionExpression: "title",
    Limit: 2,
  };
  const values = { ":genre": { S: "SF" }, ":from": { S: "M" }, ":to": { S: "Z" } };
  const page = (author: string, start?: Record<string, { S: string }>) =>
    client.send(
      new QueryCommand({
        ...query,
        ExpressionAttributeValues: { ...values, ":author": { S: author } },
        ExclusiveStartKey: start,
      }),
    );
  const first = await page("Lem");
  expect(first.Items).toEqual([{ title: { S: "Planet" } }, { title: { S: "Rocannon" } }]);
  const second = await page("Lem", first.LastEvaluatedKey as Record<string, { S: string }>);
  expect(second.Items).toEqual([{ title: { S: "Tombs" } }]);
  expect((await page("Le Guin")).Items).toEqual([]);
});

test("many at once counting in one row get each number once", async () => {
  const { client } = await start();
  const count = () =>
    client.send(
      new UpdateItemCommand({
        TableName: "books",
        Key: book("Lathe"),
        UpdateExpression: "ADD copies :one SET genre = if_not_exists(genre, :genre)",
        ExpressionAttributeValues: { ":one": { N: "1" }, ":genre": { S: "SF" } },
        ReturnValues: "ALL_NEW",
      }),
    );
  const answers = await Promise.all(Array.from({ length: 50 }, count));
  expect(answers.map(({ Attributes }) => Number(Attributes?.copies?.N)).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 50 }, (_, n) => n + 1),
  );
});

test.each([
  [
    "a condition that does not hold",
    "ConditionalCheckFailedException",
    { ConditionExpression: "attribute_not_exists(title)" },
  ],
  ["a table that is not there", "ResourceNotFoundException", { TableName: "films" }],
  ["an expression that does not parse", "ValidationException", { ConditionExpression: "title is nice" }],
])("%s is %s, as the SDK knows it", async (_what, name, change) => {
  const { client } = await start();
  await client.send(put("Lathe"));
  const again = new PutItemCommand({ TableName: "books", Item: book("Lathe"), ...change });
  await expect(client.send(again)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
});

test("a transaction is refused, because the embedded server has none, and the next call is answered", async () => {
  const { client } = await start();
  const transaction = { TransactItems: [{ Put: { TableName: "books", Item: book("Lathe") } }] };
  await expect(client.send(new TransactWriteItemsCommand(transaction))).rejects.toMatchObject({
    name: "UnknownOperationException",
  });
  expect((await client.send(get("Lathe"))).Item).toBeUndefined();
});

test("rows are there after a stop and a start", async () => {
  const directory = await emptyFolder();
  const before = await start({ directory });
  await before.client.send(put("Lathe", { copies: { N: "7" } }));
  await before.stop();
  const after = await start({ directory });
  expect((await after.client.send(get("Lathe"))).Item).toEqual(book("Lathe", { copies: { N: "7" } }));
});

test("rows answered for are there after a kill -9 of the process that owns the tables", async () => {
  const directory = await emptyFolder();
  const owner = spawn(process.execPath, [fileURLToPath(new URL("owner.ts", import.meta.url)), directory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(owner.stdout, "data");
  expect(String(line)).toBe("100 rows are put\n");
  owner.kill("SIGKILL");
  await once(owner, "exit");
  const { client } = await start({ directory });
  expect((await client.send(new ScanCommand({ TableName: "books", Select: "COUNT" }))).Count).toBe(100);
});

test.each([
  ["key", { KeySchema: key("title", "author") }, "its key is author HASH + title RANGE, the template wants title HASH"],
  [
    "attribute",
    { AttributeDefinitions: attributes("author", "title", "genre:N") },
    "its attributes are author S, genre S",
  ],
  ["index", { GlobalSecondaryIndexes: [] }, "its index by-genre is genre HASH + title RANGE with ALL"],
])(
  "a table whose %s has changed is refused with the table, the difference and the way out",
  async (_, change, line) => {
    const directory = await emptyFolder();
    await (await start({ directory })).stop();
    const refused = start({ directory, tables: [books(change)] });
    await expect(refused).rejects.toThrow(/^The table books is not as the template has it: .* Use --fresh/);
    await expect(refused).rejects.toThrow(line);
    await (await start({ directory })).stop();
  },
);

test("a damaged folder is refused by its name, in one line", async () => {
  const directory = await emptyFolder();
  await (await start({ directory })).stop();
  const [manifest] = (await readdir(directory)).filter((file) => file.startsWith("MANIFEST"));
  await writeFile(join(directory, String(manifest)), "not a manifest");
  await expect(start({ directory })).rejects.toThrow(
    new RegExp(`^The tables in ${directory} are damaged .*--fresh.*$`),
  );
});

test("a folder that cannot be made is refused by its name", async () => {
  const directory = await emptyFolder();
  await writeFile(join(directory, "file"), "");
  await expect(start({ directory: join(directory, "file", "tables") })).rejects.toThrow(
    `The tables' folder ${directory}/file/tables cannot be made`,
  );
});

test("an outside server is used instead of the embedded one, and outlives us", async () => {
  const outside = await start();
  const nowhere = await emptyFolder();
  const ours = await start({ directory: nowhere, endpoint: outside.endpoint, tables: [books(), books({}, "films")] });
  await ours.client.send(put("Lathe"));
  await ours.stop();
  expect((await outside.client.send(get("Lathe"))).Item).toEqual(book("Lathe"));
  await outside.client.send(new DescribeTableCommand({ TableName: "films" }));
  expect(await readdir(nowhere)).toEqual([]);
});
