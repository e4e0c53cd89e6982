import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTables } from "./template-tables.ts";

/** Its rooms may have 1,000 recipients a second, and 5,000 at once. */
let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());

/** A room whose messages reach so many. */
const roomOf = async (room: string, audience: number) => {
  const row = { room, epoch: "epoch", seq: 0, audience, turnMs: audience };
  await tables.documents.send(new PutCommand({ TableName: tables.nameOf("rooms"), Item: row }));
};

test("fifty at once take the numbers 1 to 50, each once", async () => {
  const now = Date.now();
  const taken = await Promise.all(Array.from({ length: 50 }, () => tables.rooms.takeNumber("busy", now)));
  const numbers = taken.map(({ seq }) => seq).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  expect(await tables.rooms.head("busy")).toMatchObject({ seq: 50 });
});

test("a new room begins at 0 with an epoch that stays", async () => {
  const heads = await Promise.all([tables.rooms.head("new"), tables.rooms.head("new")]);
  const [{ epoch }] = heads as [{ epoch: string }, unknown];
  expect(epoch).toMatch(/^epoch-\d+$/);
  expect(heads).toEqual([
    { epoch, seq: 0 },
    { epoch, seq: 0 },
  ]);
  expect(await tables.rooms.takeNumber("new", Date.now())).toEqual({ seq: 1, audience: 0 });
  expect(await tables.rooms.head("new")).toEqual({ epoch, seq: 1 });
});

test("a room that owes more than the burst gives no number until it has paid, and is charged nothing", async () => {
  const [room, now] = ["in debt", Date.now()];
  const { takeNumber, takeAnotherNumber, head } = tables.rooms;
  await roomOf(room, 7_000);
  expect(await takeNumber(room, now)).toEqual({ seq: 1, audience: 7_000 });
  for (const [later, seconds] of [
    [0, 2],
    [1_999, 1],
  ] as const) {
    const refusal = { code: "RATE_LIMITED", message: expect.stringContaining(` in ${seconds} s.`) };
    await expect(takeNumber(room, now + later)).rejects.toMatchObject(refusal);
  }
  expect(await takeAnotherNumber(room)).toBe(2);
  expect(await takeNumber(room, now + 2_000)).toEqual({ seq: 3, audience: 7_000 });
  await expect(takeNumber(room, now + 8_999)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  expect(await head(room)).toMatchObject({ seq: 3 });
});

/** How many calls of DynamoDB something takes. */
const callsOf = async (work: () => Promise<unknown>) => {
  const { middlewareStack } = tables.client;
  let calls = 0;
  const count =
    <Args, Output>(next: (args: Args) => Promise<Output>) =>
    (args: Args) => {
      calls += 1;
      return next(args);
    };
  middlewareStack.add(count, { name: "count" });
  await work().catch(() => {});
  middlewareStack.remove("count");
  return calls;
};

test("a number takes one call where the room owes nothing, two on credit, and a refusal three", async () => {
  const [room, now] = ["counted", Date.now()];
  await roomOf(room, 5_000);
  const calls: number[] = [];
  for (let time = 1; time <= 3; time++) calls.push(await callsOf(() => tables.numbers().takeNumber(room, now)));
  expect(calls).toEqual([1, 2, 3]);
});

test("who remembers that a room owes takes one call on credit, and none for a refusal", async () => {
  const [room, now] = ["remembered", Date.now()];
  await roomOf(room, 5_000);
  const { takeNumber } = tables.numbers();
  const calls: number[] = [];
  for (let time = 1; time <= 4; time++) calls.push(await callsOf(() => takeNumber(room, now)));
  expect(calls).toEqual([1, 1, 0, 0]);
});

test("what one environment knows of a room's debt keeps nobody from a room that another has charged, or that is new again", async () => {
  const [room, now] = ["known to two", Date.now()];
  await roomOf(room, 5_000);
  const [one, other] = [tables.numbers(), tables.numbers()];
  await one.takeNumber(room, now);
  await other.takeNumber(room, now);
  const refusal = { code: "RATE_LIMITED" };
  await expect(one.takeNumber(room, now)).rejects.toMatchObject(refusal);
  await tables.documents.send(new DeleteCommand({ TableName: tables.nameOf("rooms"), Key: { room } }));
  await expect(one.takeNumber(room, now + 999)).rejects.toMatchObject(refusal);
  expect(await one.takeNumber(room, now + 1_000)).toMatchObject({ seq: 1 });
});

test("of many who publish at once in a room with a burst left, as many are served as it has", async () => {
  const [room, now] = ["raced bucket", Date.now()];
  await roomOf(room, 1_000);
  const taken = await Promise.allSettled(Array.from({ length: 20 }, () => tables.rooms.takeNumber(room, now)));
  expect(taken.filter(({ status }) => status === "fulfilled")).toHaveLength(6);
});
