import { afterAll, beforeAll, expect, test } from "vitest";
import type { Member } from "../support/member.ts";
import { startRoomcast } from "../support/roomcast.ts";
import { withoutLimits } from "../support/without-limits.ts";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
beforeAll(async () => {
  roomcast = await startRoomcast({ change: withoutLimits });
});
afterAll(() => roomcast.stop());

const read = (member: Member, room: string, after: unknown, more: object = {}) =>
  member.ask({ message: "history", room, after, ...more });

const seqs = (messages: readonly { seq: number }[]) => messages.map(({ seq }) => seq);

test("pages follow each other to the head, never over the frame limit, whatever the messages' size", async () => {
  const ann = await roomcast.connect({ room: "long" });
  const sizes = [28_000, 10, 20_000, 12_000, 500, 28_600, 5];
  for (const size of sizes) await ann.ask({ message: "publish", data: "x".repeat(size) });
  const bytes: number[] = [];
  ann.socket.on("message", (data) => bytes.push(Buffer.byteLength(String(data))));
  const pages: number[][] = [];
  let after = 0;
  while (after < sizes.length) {
    const { messages, head, recovered } = await read(ann, "long", after);
    expect([head, recovered]).toEqual([sizes.length, true]);
    pages.push(seqs(messages));
    after = messages.at(-1).seq;
  }
  expect(pages.flat()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(pages.length).toBeGreaterThan(3);
  expect(Math.max(...bytes)).toBeLessThanOrEqual(32 * 1024);
  expect(await read(ann, "long", 7)).toMatchObject({ messages: [], skipped: [], head: 7, recovered: true });
  expect(seqs((await read(ann, "long", 1, { limit: 2 })).messages)).toEqual([2, 3]);
  await ann.close();
});

test("the same publish from two sockets at once, 200 times, is 200 messages", async () => {
  const secret = { client: "the-same-guest-on-two-sockets" };
  const [one, other] = await Promise.all([roomcast.connect(secret), roomcast.connect(secret)]);
  const bob = await roomcast.connect({ room: "twice" });
  for (const member of [one, other]) await member.ask({ message: "join", room: "twice" });
  const twice = async (n: number): Promise<string> => {
    const frame = { message: "publish", room: "twice", data: n, ref: `n-${n}` };
    one.send(frame);
    other.send(frame);
    const [ack, again] = await Promise.all([one.next({ ref: `n-${n}` }), other.next({ ref: `n-${n}` })]);
    expect(again).toEqual(ack);
    return ack.id;
  };
  const acks: string[] = [];
  for (let n = 1; n <= 200; n += 10)
    acks.push(...(await Promise.all(Array.from({ length: 10 }, (_, more) => twice(n + more)))));
  expect(new Set(acks).size).toBe(200);
  const said: number[] = [];
  for (let after = 0, head = 1; after < head; ) {
    const page = await read(bob, "twice", after);
    said.push(...page.messages.map(({ data }: { data: number }) => data));
    head = page.head;
    after = Math.max(...seqs(page.messages), ...page.skipped);
  }
  expect(said.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
  await Promise.all([one.close(), other.close(), bob.close()]);
}, 120_000);

test.each([
  ["no `after`", { after: undefined }, "BAD_FRAME"],
  ["a negative `after`", { after: -1 }, "BAD_FRAME"],
  ["a fractional `after`", { after: 1.5 }, "BAD_FRAME"],
  ["an `after` beyond what a number can count", { after: 1e300 }, "BAD_FRAME"],
  ["an `after` that is text", { after: "1" }, "BAD_FRAME"],
  ["a `limit` of 0", { after: 0, limit: 0 }, "BAD_FRAME"],
  ["a `limit` of a million", { after: 0, limit: 1_000_000 }, "BAD_FRAME"],
  ["an `epoch` that is a number", { after: 0, epoch: 1 }, "BAD_FRAME"],
  ["a room that one is not in", { room: "attic", after: 0 }, "NOT_A_MEMBER"],
  ["no room", { room: undefined, after: 0 }, "BAD_ROOM"],
])("history with %s is refused in words", async (_what, fields, code) => {
  const ann = await roomcast.connect({ room: "lobby" });
  const refused = await ann.ask({ message: "history", room: "lobby", ...fields });
  expect(refused).toMatchObject({ type: "error", code, reason: expect.stringMatching(/\w+ .+\.$/) });
  await ann.close();
});

test.each([
  ["an epoch that the room does not have", { after: 0, epoch: "01ANOTHEREPOCH" }],
  ["a number above the head", { after: 99 }],
])("history after %s gives the head to go on from, and says that it recovers nothing", async (_what, fields) => {
  const ann = await roomcast.connect({ room: "anew" });
  await ann.ask({ message: "publish", data: "once" });
  const { epoch } = await ann.ask({ message: "join", room: "anew" });
  const answer = await ann.ask({ message: "history", room: "anew", ...fields });
  expect(answer).toMatchObject({ epoch, messages: [], skipped: [], recovered: false });
  expect(answer.head).toBeGreaterThan(0);
  await ann.close();
});

test("a ref of 10,000 characters is refused; one for other content or another room too", async () => {
  const ann = await roomcast.connect({ client: "ann-who-reuses-her-references" });
  for (const room of ["a", "b"]) await ann.ask({ message: "join", room });
  const publish = async (fields: object) => {
    ann.send({ message: "publish", room: "a", data: 1, ref: "r", ...fields });
    return ann.next({});
  };
  expect(await publish({})).toMatchObject({ type: "ack", seq: 1 });
  expect(await publish({ data: 2 })).toMatchObject({ code: "BAD_FRAME", ref: "r" });
  expect(await publish({ room: "b" })).toMatchObject({ code: "BAD_FRAME", ref: "r" });
  expect(await publish({ ref: "r".repeat(10_000) })).toMatchObject({ code: "BAD_FRAME" });
  expect(await publish({})).toMatchObject({ type: "ack", seq: 1 });
  await ann.close();
});
