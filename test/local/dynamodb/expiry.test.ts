import { BatchWriteItemCommand, PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import type { Clock } from "../../../local/clock.ts";
import { systemClock } from "../../../local/clock.ts";
import { serveJson } from "../../support/aws-json-server.ts";
import { manualClock } from "../../support/manual-clock.ts";
import { books } from "./books.ts";
import { start } from "./start.ts";

const NOW = Date.UTC(2026, 5, 1);
/** A clock that stands at `NOW` for the rows, while what waits for the server waits in real time. */
const standing: Clock = { ...systemClock, now: () => NOW };
const seconds = (fromNow: number) => ({ N: String(NOW / 1000 + fromNow) });

const shelf = async (until: Record<string, object | undefined>, tables = [books()]) => {
  const running = await start({ tables, clock: standing });
  const items = Object.entries(until).map(([title, value]) => ({
    PutRequest: { Item: { author: { S: "Le Guin" }, title: { S: title }, ...(value && { until: value }) } as never },
  }));
  for (let n = 0; n < items.length; n += 25)
    await running.client.send(new BatchWriteItemCommand({ RequestItems: { books: items.slice(n, n + 25) } }));
  const titles = async () => {
    const { Items = [] } = await running.client.send(new ScanCommand({ TableName: "books" }));
    return Items.map(({ title }) => title?.S).sort();
  };
  return { ...running, titles };
};

test("rows whose time has passed are deleted, and no others", async () => {
  const { sweep, titles } = await shelf({
    "a second ago": seconds(-1),
    "this very second": seconds(0),
    tomorrow: seconds(86_400),
    never: undefined,
    "text that sorts before now": { S: "0" },
    "a list": { L: [seconds(-1)] },
    "in milliseconds": { N: String(NOW - 1000) },
    "over five years ago": seconds(-6 * 365 * 86_400),
  });
  expect(await sweep()).toBe(1);
  expect(await titles()).toEqual([
    "a list",
    "in milliseconds",
    "never",
    "over five years ago",
    "text that sorts before now",
    "this very second",
    "tomorrow",
  ]);
});

test("expired rows of many pages are all deleted, the rows between them stay", async () => {
  const titles = Array.from({ length: 1200 }, (_, n) => [`volume ${n}`, seconds(n % 2 ? -1 : 60)]);
  const running = await shelf(Object.fromEntries(titles));
  expect(await running.sweep()).toBe(600);
  expect(await running.sweep()).toBe(0);
  expect(await running.titles()).toHaveLength(600);
});

test("a row that is renewed after the sweep has seen it stays", async () => {
  const { service, client } = await shelf({ Lathe: seconds(-1), Tombs: seconds(-1) });
  const renew = new PutItemCommand({
    TableName: "books",
    Item: { author: { S: "Le Guin" }, title: { S: "Tombs" }, until: seconds(60) },
  });
  const between = await serveJson({
    ...service,
    call: async (action, input, context) => {
      const answer = await service.call(action, input, context);
      if (action === "Scan") await client.send(renew);
      return answer;
    },
  });
  const { sweep } = await start({ endpoint: between.client.endpoint, clock: standing });
  expect(await sweep()).toBe(1);
  expect((await client.send(new ScanCommand({ TableName: "books" }))).Items).toMatchObject([{ title: { S: "Tombs" } }]);
  await between.close();
});

test.each([
  ["without a TimeToLiveSpecification", undefined],
  ["with one that is off", { Enabled: false, AttributeName: "until" }],
])("a table %s keeps everything", async (_what, TimeToLiveSpecification) => {
  const { sweep, titles } = await shelf({ "a second ago": seconds(-1) }, [books({ TimeToLiveSpecification })]);
  expect(await sweep()).toBe(0);
  expect(await titles()).toHaveLength(1);
});

test("the sweep runs by itself each minute", async () => {
  const clock = manualClock(NOW);
  // What is waited for at the start is real, what is due in a minute is the clock's.
  const after: Clock["after"] = (ms, task) => (ms < 60_000 ? systemClock : clock).after(ms, task);
  const { client } = await start({ clock: { now: clock.now, after } });
  const put = (title: string) =>
    client.send(
      new PutItemCommand({
        TableName: "books",
        Item: { author: { S: "Le Guin" }, title: { S: title }, until: seconds(1) },
      }),
    );
  const count = async () => (await client.send(new ScanCommand({ TableName: "books" }))).Count;
  for (const title of ["Lathe", "Tombs"]) {
    await put(title);
    expect(await count()).toBe(1);
    await clock.advance(60_000);
    await expect.poll(count).toBe(0);
  }
});
