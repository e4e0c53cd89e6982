import { afterAll, beforeAll, expect, test } from "vitest";
import { startTables } from "./template-tables.ts";

/** Later than any expiry that the table's own sweep would act on while these tests run. */
const NOW = 4_000_000_000_000;
const HOURS = 3_600_000;

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());

const connection = (connectionId: string, connectedAt = NOW) => ({ connectionId, connectedAt });

test("a person's connections are their own, each once, until they are counted out", async () => {
  const { countIn, countOut, personOf } = tables.people;
  for (const id of ["1=", "2=", "2="]) await countIn("ann", connection(id));
  await countIn("ann2", connection("3="));
  expect(await personOf("ann", NOW)).toEqual({ connections: [connection("1="), connection("2=")], barredUntil: 0 });
  for (let time = 1; time <= 2; time++) await countOut("ann", "1=");
  expect((await personOf("ann", NOW)).connections).toEqual([connection("2=")]);
});

test("a connection that was never counted out counts until shortly after the two hours that one may last", async () => {
  const { countIn, personOf } = tables.people;
  await countIn("bob", connection("1="));
  expect((await personOf("bob", NOW + 2 * HOURS)).connections).toHaveLength(1);
  expect((await personOf("bob", NOW + 2.1 * HOURS)).connections).toHaveLength(0);
});

test("somebody is barred until the ban is over, by the last of several, and is no connection of theirs", async () => {
  const { bar, personOf } = tables.people;
  const second = NOW / 1000;
  await bar("carl", second + 3_600);
  await bar("carl", second + 60);
  expect(await personOf("carl", NOW)).toEqual({ connections: [], barredUntil: second + 60 });
  expect(await personOf("carl", NOW + 60_000)).toEqual({ connections: [], barredUntil: 0 });
});

test("who is let in again is barred no more, also who never was", async () => {
  const { bar, personOf } = tables.people;
  await bar("dora", NOW / 1000 + 60);
  for (let time = 1; time <= 2; time++) await bar("dora", 0);
  expect(await personOf("dora", NOW)).toEqual({ connections: [], barredUntil: 0 });
});
