import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "../../functions/aws/messages.ts";
import { startTables } from "./template-tables.ts";

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());

const message = (fields: Partial<Message> = {}): Message => ({
  id: "01JA0000000000000000000000",
  room: "kept",
  seq: 1,
  from: { id: "guest-1", name: "Ann" },
  data: "hello",
  received: 1_800_000_000_123,
  ...fields,
});

const member = { id: "guest-1", name: "Ann" };

const kept = async (room: string, seq: number) => {
  const read = new GetCommand({ TableName: tables.nameOf("messages"), Key: { room, seq }, ConsistentRead: true });
  return (await tables.documents.send(read)).Item;
};

test("a message saved again under its number is the same message", async () => {
  await tables.messages.save(message());
  await tables.messages.save(message());
  const { data, ...rest } = message();
  expect(await kept("kept", 1)).toEqual({ ...rest, data: '"hello"', expiresAt: 1_800_000_000 + 30 * 86_400 });
});

test("another message under a number that is taken is refused, and the first stays", async () => {
  await tables.messages.save(message({ room: "taken" }));
  const another = message({ room: "taken", id: "01JB0000000000000000000000" });
  await expect(tables.messages.save(another)).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
  expect(await kept("taken", 1)).toMatchObject({ id: message().id });
});

test("of two messages saved at once under one number, one is refused", async () => {
  const saves = ["A", "B"].map((id) => tables.messages.save(message({ room: "raced", id })));
  const outcomes = (await Promise.allSettled(saves)).map(({ status }) => status);
  expect(outcomes.sort()).toEqual(["fulfilled", "rejected"]);
});

test.each([
  ["nested deeper than DynamoDB nests", JSON.parse(`${"[".repeat(100)}${"]".repeat(100)}`)],
  ["with empty names and values", { "": "", empty: [], nothing: null }],
  ["of 100 KB", "語".repeat(33_000)],
])("data %s is kept as it is", async (what, data) => {
  await tables.messages.save(message({ room: what, data }));
  expect(JSON.parse((await kept(what, 1))?.data)).toEqual(data);
});

test("fifty at once take the numbers 1 to 50, each once", async () => {
  const taken = await Promise.all(Array.from({ length: 50 }, () => tables.rooms.takeNumber("busy")));
  expect(taken.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
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
  expect(await tables.rooms.takeNumber("new")).toBe(1);
  expect(await tables.rooms.head("new")).toEqual({ epoch, seq: 1 });
});

test("who joins or leaves again has joined or left once", async () => {
  const { addMember, isMember, removeMember, roomsOf } = tables.connections;
  const membership = { connectionId: "again", room: "lobby", connectedAt: Date.now(), member };
  for (let time = 1; time <= 2; time++) {
    await addMember(membership);
    expect([await isMember("again", "lobby"), await roomsOf("again")]).toEqual([true, ["lobby"]]);
  }
  for (let time = 1; time <= 2; time++) {
    await removeMember("again", "lobby");
    expect([await isMember("again", "lobby"), await roomsOf("again")]).toEqual([false, []]);
  }
});

test("a connection's rooms are its own, as many as are asked for", async () => {
  const { addMember, roomsOf } = tables.connections;
  for (const room of ["c", "a", "b"]) await addMember({ connectionId: "ann", room, connectedAt: Date.now(), member });
  await addMember({ connectionId: "ann2", room: "d", connectedAt: Date.now(), member });
  expect(await roomsOf("ann")).toEqual(["a", "b", "c"]);
  expect(await roomsOf("ann", 2)).toEqual(["a", "b"]);
  expect(await roomsOf("nobody")).toEqual([]);
});

test("a connection that is removed is in no room; the others stay", async () => {
  const { addMember, isMember, removeConnection, roomsOf } = tables.connections;
  for (const room of Array.from({ length: 50 }, (_, index) => `room-${index}`))
    await addMember({ connectionId: "leaver", room, connectedAt: Date.now(), member });
  await addMember({ connectionId: "stayer", room: "room-7", connectedAt: Date.now(), member });
  await removeConnection("leaver");
  await removeConnection("leaver");
  expect(await roomsOf("leaver")).toEqual([]);
  expect(await isMember("stayer", "room-7")).toBe(true);
});
