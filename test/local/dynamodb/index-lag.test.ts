import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Clock, systemClock } from "../../../local/clock.ts";
import { startIndexLag } from "../../../local/dynamodb/index-lag.ts";
import type { JsonObject } from "../../../local/json.ts";
import { manualClock } from "../../support/manual-clock.ts";
import { books } from "./books.ts";
import { emptyFolder, start } from "./start.ts";

const LAG_MS = 500;
const faults = `index.lag=${LAG_MS}ms`;
const TableName = "books";
const place = { region: "us-east-1", account: "123456789012" };
const keyOf = (title: string) => ({ author: { S: "Le Guin" }, title: { S: title } });
const bookOf = (title: string, genre: string, more = {}) => ({ ...keyOf(title), genre: { S: genre }, ...more });

/** A clock whose lag the test moves, while what the start waits for is real. */
const lagClock = () => {
  const { now, after, advance } = manualClock();
  const clock: Clock = { now, after: (ms, task) => (ms === LAG_MS ? after : systemClock.after)(ms, task) };
  return { clock, advance };
};

const lagging = async (directory?: string) => {
  const { clock, advance } = lagClock();
  const running = await start({ clock, faults, ...(directory && { directory }) });
  const { client } = running;
  const query = (genre: string, more: Partial<QueryCommandInput> = {}) =>
    client.send(
      new QueryCommand({
        TableName,
        IndexName: "by-genre",
        KeyConditionExpression: "genre = :genre",
        ExpressionAttributeValues: { ":genre": { S: genre } },
        ...more,
      }),
    );
  return {
    ...running,
    advance,
    now: clock.now,
    put: (...book: Parameters<typeof bookOf>) => client.send(new PutItemCommand({ TableName, Item: bookOf(...book) })),
    regenre: (title: string, genre: string, more = {}) =>
      client.send(
        new UpdateItemCommand({
          TableName,
          Key: keyOf(title),
          UpdateExpression: "SET genre = :genre",
          ExpressionAttributeValues: { ":genre": { S: genre } },
          ...more,
        }),
      ),
    query,
    /** The titles of a genre, as the index has them. */
    titles: async (genre: string) => (await query(genre)).Items?.map(({ title }) => title?.S),
  };
};

type Lagging = Awaited<ReturnType<typeof lagging>>;

test("a row is there for a strong read at once, and in the index only after the lag", async () => {
  const { client, put, titles, advance } = await lagging();
  await put("Lathe", "SF");
  const get = new GetItemCommand({ TableName, Key: keyOf("Lathe"), ConsistentRead: true });
  expect((await client.send(get)).Item).toEqual(bookOf("Lathe", "SF"));
  await advance(LAG_MS - 1);
  expect(await titles("SF")).toEqual([]);
  await advance(1);
  expect(await titles("SF")).toEqual(["Lathe"]);
});

test("the index shows each state of a row for as long as the table had it", async () => {
  const { put, regenre, titles, advance } = await lagging();
  await put("Lathe", "SF");
  await advance(200);
  await regenre("Lathe", "fantasy");
  await advance(LAG_MS - 200);
  expect([await titles("SF"), await titles("fantasy")]).toEqual([["Lathe"], []]);
  await advance(200);
  expect([await titles("SF"), await titles("fantasy")]).toEqual([[], ["Lathe"]]);
});

describe("in the index after the lag is also", () => {
  test.each<[string, (tables: Lagging) => Promise<unknown>, string[]]>([
    ["an update", ({ regenre }) => regenre("Lathe", "essay"), ["Tombs"]],
    ["a deletion", ({ client }) => client.send(new DeleteItemCommand({ TableName, Key: keyOf("Lathe") })), ["Tombs"]],
    [
      "each write of a batch",
      ({ client }) => {
        const requests = [{ PutRequest: { Item: bookOf("Planet", "SF") } }, { DeleteRequest: { Key: keyOf("Tombs") } }];
        return client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
      },
      ["Lathe", "Planet"],
    ],
    ["a row's expiry", ({ sweep }) => sweep(), ["Lathe"]],
  ])("%s", async (_what, write, after) => {
    const tables = await lagging();
    await tables.put("Lathe", "SF");
    await tables.put("Tombs", "SF", { until: { N: String(tables.now() / 1000 - 60) } });
    await tables.advance(LAG_MS);
    await write(tables);
    expect(await tables.titles("SF")).toEqual(["Lathe", "Tombs"]);
    await tables.advance(LAG_MS);
    expect(await tables.titles("SF")).toEqual(after);
  });
});

test("a write that is refused never shows", async () => {
  const { put, regenre, titles, advance } = await lagging();
  await put("Lathe", "SF");
  const refused = regenre("Lathe", "essay", { ConditionExpression: "attribute_not_exists(title)" });
  await expect(refused).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
  await expect(put("", "essay")).rejects.toMatchObject({ name: "ValidationException" });
  await advance(LAG_MS);
  expect([await titles("SF"), await titles("essay")]).toEqual([["Lathe"], []]);
});

test("many writes of one row at once leave the index as the table", async () => {
  const { client, regenre, advance } = await lagging();
  await Promise.all(Array.from({ length: 50 }, (_, n) => regenre("Lathe", `genre ${n}`)));
  await advance(LAG_MS);
  const [table, index] = await Promise.all([
    client.send(new ScanCommand({ TableName })),
    client.send(new ScanCommand({ TableName, IndexName: "by-genre" })),
  ]);
  expect(index.Items).toHaveLength(1);
  expect(index.Items).toEqual(table.Items);
});

test("a row read back late does not overtake a later write of it", async () => {
  const { clock, advance } = lagClock();
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  let row: JsonObject[string] | undefined;
  let reads = 0;
  /** A table of one row that takes long to answer its first read. */
  const send = async (action: string, { Item }: JsonObject): Promise<JsonObject> => {
    if (action === "Scan") return { Items: [] };
    if (action === "PutItem") row = Item;
    const answer = row ? { Item: row } : {};
    if (action === "GetItem" && reads++ === 0) for (let turns = 0; turns < 20; turns++) await turn();
    return answer;
  };
  const lag = await startIndexLag({ ...place, tables: [books()], send, lagMs: LAG_MS, clock, log: () => {} });
  onTestFinished(lag.stop);
  const put = (genre: string) => lag.send("PutItem", { TableName, Item: bookOf("Lathe", genre) });
  const first = put("essay");
  await turn();
  await Promise.all([first, put("SF")]);
  await advance(LAG_MS);
  expect((await lag.send("Scan", { TableName, IndexName: "by-genre" })).Items).toEqual([bookOf("Lathe", "SF")]);
});

test("the index is queried by page under the table's own name, and clients see no table but theirs", async () => {
  const { client, put, query, advance } = await lagging();
  for (const title of ["Lathe", "Planet", "Tombs"]) await put(title, "SF");
  await advance(LAG_MS);
  const first = await query("SF", { Limit: 2, ReturnConsumedCapacity: "TOTAL" });
  expect(first).toMatchObject({ Count: 2, ConsumedCapacity: { TableName } });
  const second = await query("SF", { ExclusiveStartKey: first.LastEvaluatedKey });
  expect(second.Items).toEqual([bookOf("Tombs", "SF")]);
  expect((await client.send(new ListTablesCommand())).TableNames).toEqual([TableName]);
});

test("after a restart the index is as the table, however many pages that is", async () => {
  const directory = await emptyFolder();
  const before = await lagging(directory);
  const blurb = { S: "x".repeat(50_000) };
  const titles = Array.from({ length: 30 }, (_, n) => `volume ${String(n).padStart(2, "0")}`);
  for (const title of titles) await before.put(title, "SF", { blurb });
  expect(await before.titles("SF")).toEqual([]);
  await before.stop();
  const { client } = await lagging(directory);
  const count = { TableName, IndexName: "by-genre", Select: "COUNT" } as const;
  const first = await client.send(new ScanCommand(count));
  const second = await client.send(new ScanCommand({ ...count, ExclusiveStartKey: first.LastEvaluatedKey }));
  expect(Number(first.Count) + Number(second.Count)).toBe(titles.length);
});

test("an outside DynamoDB is refused: what others write to it would never be seen", async () => {
  await expect(start({ faults, endpoint: "http://127.0.0.1:8000" })).rejects.toThrow(
    "The fault index.lag needs the embedded DynamoDB: leave out either index.lag or --dynamodb",
  );
});
