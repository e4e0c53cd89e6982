import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "../../functions/aws/messages.ts";
import type { Claim } from "../../functions/aws/refs.ts";
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
  expect(await tables.messages.save(another)).toBe(false);
  expect(await kept("taken", 1)).toMatchObject({ id: message().id });
});

test("of two messages saved at once under one number, one is refused", async () => {
  const saves = ["A", "B"].map((id) => tables.messages.save(message({ room: "raced", id })));
  expect((await Promise.all(saves)).toSorted()).toEqual([false, true]);
});

test("a number is either sealed or saved under, whichever is first", async () => {
  const late = message({ room: "sealed", seq: 1 });
  expect(await tables.messages.seal("sealed", 1)).toEqual({ seq: 1 });
  expect(await tables.messages.save(late)).toBe(false);
  expect(await tables.messages.save({ ...late, seq: 2 })).toBe(true);
  const { room, ...past } = { ...late, seq: 2 };
  expect(await tables.messages.seal("sealed", 2)).toEqual({ seq: 2, message: past });
  const page = { found: [{ seq: 1 }, { seq: 2, message: past }], upTo: 9 };
  expect(await tables.messages.readAfter("sealed", 0, 9, 10)).toEqual(page);
});

test("history is read in pages, in the order of the numbers", async () => {
  for (const seq of [12, 2, 9, 1, 10]) await tables.messages.save(message({ room: "pages", seq, id: `id-${seq}` }));
  const read = async (after: number, upTo: number, limit: number) => {
    const page = await tables.messages.readAfter("pages", after, upTo, limit);
    return [page.found.map(({ seq }) => seq), page.upTo];
  };
  expect(await read(0, 12, 3)).toEqual([[1, 2, 9], 9]);
  expect(await read(9, 11, 3)).toEqual([[10], 11]);
  expect(await tables.messages.hasUpTo("pages", 1)).toBe(true);
  expect(await tables.messages.hasUpTo("pages", 0)).toBe(false);
});

test("messages that have expired are not read, before they are deleted too", async () => {
  const longAgo = message({ room: "expired", received: Date.now() - 31 * 86_400_000 });
  await tables.messages.save(longAgo);
  await tables.messages.save({ ...longAgo, seq: 2, received: Date.now() });
  expect((await tables.messages.readAfter("expired", 0, 2, 10)).found.map(({ seq }) => seq)).toEqual([2]);
  expect(await tables.messages.hasUpTo("expired", 1)).toBe(false);
  expect(await tables.messages.seal("expired", 1)).toEqual({ seq: 1 });
});

const claim = (fields: Partial<Claim> = {}): Claim => ({
  id: "one",
  room: "lobby",
  seq: 1,
  received: Date.now(),
  content: "hash",
  announcingSince: Date.now(),
  ...fields,
});

test("a ref stands for what the first claimed, however many come at once", async () => {
  const key = { author: "ann", ref: "raced" };
  const claims = Array.from({ length: 10 }, (_, n) => tables.refs.claim(key, claim({ id: `copy ${n}`, seq: n })));
  const won = await Promise.all(claims);
  expect(new Set(won.map(({ id, seq }) => `${id}/${seq}`)).size).toBe(1);
  expect(await tables.refs.findClaim(key, Date.now())).toMatchObject({ id: won[0]?.id });
  expect(await tables.refs.findClaim({ ...key, author: "bob" }, Date.now())).toBeUndefined();
});

test("a claimed message gets another number once: whoever comes later is told which", async () => {
  const key = { author: "ann", ref: "renumbered" };
  await tables.refs.claim(key, claim({ seq: 5 }));
  const numbers = await Promise.all([7, 8].map((to) => tables.refs.renumber(key, 5, to)));
  expect(numbers[0]).toBe(numbers[1]);
  expect([7, 8]).toContain(numbers[0]);
});

test("a ref is free again after a day, before its row is deleted too", async () => {
  const key = { author: "ann", ref: "yesterday" };
  const yesterday = Date.now() - 25 * 3_600_000;
  await tables.refs.claim(key, claim({ received: yesterday }));
  expect(await tables.refs.findClaim(key, Date.now())).toBeUndefined();
  expect(await tables.refs.claim(key, claim({ id: "two" }))).toMatchObject({ id: "two" });
  expect(await tables.refs.claim(key, claim({ id: "three" }))).toMatchObject({ id: "two" });
});

test("a claim whose announcement was given up says so", async () => {
  const key = { author: "ann", ref: "unannounced" };
  await tables.refs.claim(key, claim());
  await tables.refs.giveUpAnnouncing(key);
  expect(await tables.refs.findClaim(key, Date.now())).toMatchObject({ id: "one", announcingSince: 0 });
});

test.each([
  ["nested deeper than DynamoDB nests", JSON.parse(`${"[".repeat(100)}${"]".repeat(100)}`)],
  ["with empty names and values", { "": "", empty: [], nothing: null }],
  ["of 100 KB", "語".repeat(33_000)],
])("data %s is kept as it is", async (what, data) => {
  await tables.messages.save(message({ room: what, data }));
  expect(JSON.parse((await kept(what, 1))?.data)).toEqual(data);
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
