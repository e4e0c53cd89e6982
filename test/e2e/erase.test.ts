import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { erasePerson } from "../../erase/person.ts";
import { countRoom, eraseRoom } from "../../erase/room.ts";
import { LONGEST_FUNCTION_SECONDS, openEraseStack } from "../../erase/stack.ts";
import { ENVIRONMENT } from "../../functions/contracts/environment.ts";
import { readAssembly } from "../../local/cloudformation/assembly.ts";
import { runCommand } from "../support/command.ts";
import type { Member } from "../support/member.ts";
import { startRoomcast } from "../support/roomcast.ts";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
beforeAll(async () => {
  roomcast = await startRoomcast();
});
afterAll(() => roomcast.stop());

const erase = (...args: string[]) => runCommand("erase", "--data", roomcast.data, ...args);

/** Somebody with a secret of their own, who is the same person in every room. */
const somebody = (name: string, room: string) => roomcast.connect({ room, name, client: name.repeat(16) });

const say = async (member: Member, room: string, ...said: string[]) => {
  for (const data of said) expect(await member.ask({ message: "publish", room, data })).toMatchObject({ type: "ack" });
};

const historyOf = (member: Member, room: string, fields: object = {}) =>
  member.ask({ message: "history", room, after: 0, ...fields });

/** Every row of the tables that has to do with messages, as text. */
const everyRow = async () => {
  const tables = await Promise.all((["messages", "refs", "rooms", "presence"] as const).map(roomcast.rows));
  return JSON.stringify(tables);
};

test("a person's messages are erased in every room: nothing of them is left, and readers skip their numbers", async () => {
  const [ann, bob, annInNews] = await Promise.all([
    somebody("ann", "garden"),
    somebody("bob", "garden"),
    somebody("ann", "news"),
  ]);
  await say(ann, "garden", "ann's first");
  await say(bob, "garden", "bob's first");
  await say(ann, "garden", "ann's second");
  await say(annInNews, "news", "ann's headline");
  const before = await historyOf(bob, "garden");
  const { from } = before.messages[0];
  const kept = before.messages[1];

  const asked = await erase("--identity", from.id);
  const what = `3 messages of ${from.id} in 2 rooms, and 3 refs.`;
  expect(asked).toEqual({
    exitCode: 0,
    stdout: `Would erase ${what}\nNothing was done: add --yes to do it.\n`,
    stderr: "",
  });
  expect(await historyOf(bob, "garden")).toMatchObject({ messages: before.messages });

  expect(await erase("--identity", from.id, "--yes")).toEqual({ exitCode: 0, stdout: `Erased ${what}\n`, stderr: "" });
  const after = await historyOf(bob, "garden");
  expect(after).toMatchObject({ messages: [kept], skipped: [1, 3], head: 3, recovered: true });
  const rows = await everyRow();
  expect([rows.includes("ann's"), rows.includes("bob's first")]).toEqual([false, true]);

  expect(await erase("--identity", from.id, "--yes")).toMatchObject({
    stdout: `Erased 0 messages of ${from.id} in 0 rooms, and 0 refs.\n`,
  });
  await say(bob, "garden", "bob's second");
  expect((await historyOf(bob, "garden", { after: 3 })).messages).toMatchObject([{ seq: 4, data: "bob's second" }]);
});

test("a room is erased with all that is said of it, and begins anew for whoever is in it; another room stays", async () => {
  const [carl, dora] = await Promise.all([somebody("carl", "cellar"), somebody("dora", "attic")]);
  // Whoever looks who is there has done so then, and writes nothing any more.
  await carl.next({ type: "presence", room: "cellar" });
  await say(carl, "cellar", "carl's secret", "carl's other secret");
  await say(dora, "attic", "dora's word");
  const before = await historyOf(carl, "cellar");
  expect(await erase("--room", "cellar")).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^Would erase room cellar: 2 numbers with a message or a seal, and 2 refs\.\n/),
  });

  const stack = await openEraseStack("Roomcast-dev", roomcast.client);
  // Nobody publishes meanwhile, so there is nothing to wait for.
  const erased = await eraseRoom({ ...stack, letFunctionsEnd: async () => {} })("cellar");
  stack.end();
  expect(erased).toEqual({ numbers: 2, claims: 2, begun: true });
  const rows = await everyRow();
  expect([rows.includes("cellar"), rows.includes("carl's"), rows.includes("dora's word")]).toEqual([
    false,
    false,
    true,
  ]);

  await say(carl, "cellar", "anew");
  const anew = await historyOf(carl, "cellar", { epoch: before.epoch });
  expect(anew).toMatchObject({ head: 1, messages: [], recovered: false });
  expect(anew.epoch).not.toBe(before.epoch);
  expect((await historyOf(carl, "cellar")).messages).toMatchObject([{ seq: 1, data: "anew" }]);
});

test("what fills several pages of a table is found, and whose identity only begins alike is somebody else", async () => {
  const expiresAt = Math.floor(Date.now() / 1000) + 3600;
  const rows = Array.from({ length: 8 }, (_, index) => ({
    room: "long",
    seq: index + 1,
    id: `long-${index}`,
    from: { id: index % 2 === 0 ? "eve" : "evelyn", name: "eve" },
    // DynamoDB reads 1 MB a page, and keeps 400 KB a row.
    data: JSON.stringify("x".repeat(300_000)),
    received: 1,
    expiresAt,
  }));
  await roomcast.putRows("messages", ...rows);
  await roomcast.putRows(
    "refs",
    ...["eve\0r1", "evelyn\0r1"].map((ref) => ({ ref, id: ref, room: "long", expiresAt })),
  );

  const stack = await openEraseStack("Roomcast-dev", roomcast.client);
  expect(await erasePerson(stack)("eve", false)).toEqual({ messages: 4, rooms: 1, claims: 1 });
  expect(await erasePerson(stack)("evelyn", true)).toEqual({ messages: 4, rooms: 1, claims: 1 });
  expect(await countRoom(stack)("long")).toEqual({ numbers: 8, claims: 1, begun: false });
  expect(await eraseRoom({ ...stack, letFunctionsEnd: async () => {} })("long")).toMatchObject({ numbers: 8 });
  expect(await countRoom(stack)("long")).toEqual({ numbers: 0, claims: 0, begun: false });
  stack.end();
});

test("a room that there is not is said", async () => {
  expect(await erase("--room", "nowhere")).toEqual({
    exitCode: 0,
    stdout: "There is nothing of room nowhere.\n",
    stderr: "",
  });
});

test("a stack that is not there is said", async () => {
  const stderr = expect.stringMatching(/^There is no table Roomcast-prod-tablesrefs/);
  expect(await erase("--identity", "ann", "--stage", "prod")).toMatchObject({ exitCode: 1, stderr });
});

test("no function that has the messages may run longer than an erased room waits for", () => {
  const [stack] = readAssembly(inject("assembly")).stacks;
  const functions = Object.values(stack!.template.Resources!).filter(({ Type }) => Type === "AWS::Lambda::Function");
  const timeouts = functions
    .map(({ Properties }) => Properties as { Timeout: number; Environment?: { Variables: object } })
    .filter(({ Environment }) => Object.hasOwn(Environment?.Variables ?? {}, ENVIRONMENT.messagesTable))
    .map(({ Timeout }) => Timeout);
  expect(timeouts.length).toBeGreaterThan(0);
  expect(Math.max(...timeouts)).toBeLessThanOrEqual(LONGEST_FUNCTION_SECONDS);
});
