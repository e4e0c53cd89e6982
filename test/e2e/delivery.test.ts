import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Member } from "../support/member.ts";
import { quickClock, slowClock } from "../support/quick-clock.ts";
import { queueReader, withReceiptQueue } from "../support/receipts.ts";
import { startRoomcast } from "../support/roomcast.ts";
import { withoutPresence } from "../support/without-presence.ts";

let faults: string;
let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let receipts: ReturnType<typeof queueReader>;
let deadLetters: ReturnType<typeof queueReader>;

/** Says how often posts to a connection fail, by connection id. It is read at each post, in whichever environment. */
const failing = (times: Record<string, number>, name = "Error") =>
  writeFile(join(faults, "times.json"), JSON.stringify({ times, name }));

const faultyPost = (folder: string) => `
  import { appendFileSync, readFileSync } from "node:fs";
  const folder = ${JSON.stringify(folder)};
  export const handler = async (event, context) => {
    const { times, name } = JSON.parse(readFileSync(folder + "/times.json", "utf8"));
    const tries = folder + "/" + event.frame.id + Buffer.from(event.connectionId).toString("hex");
    appendFileSync(tries, ".");
    if (readFileSync(tries, "utf8").length <= (times[event.connectionId] ?? 0))
      throw Object.assign(new Error("This post fails on purpose."), { name });
    return real.handler(event, context);
  };`;

beforeAll(async () => {
  faults = await mkdtemp(join(tmpdir(), "roomcast-faults-"));
  roomcast = await startRoomcast({
    // Connections are 10 s old as they are made, and so past the grace of the young.
    clock: slowClock(10_000),
    executionClock: quickClock(20),
    change: (template) => {
      withReceiptQueue(template);
      // Presence posts too, and would find a connection that is gone before the message does.
      withoutPresence(template);
    },
    wrapped: {
      post: faultyPost(faults),
      // A lost $disconnect: API Gateway promises none, and the rows of vanished clients stay.
      disconnect: `export const handler = async () => { throw new Error("This $disconnect is lost on purpose."); };`,
    },
  });
  receipts = queueReader(roomcast.client, `${roomcast.origin}/000000000000/receipts`);
  deadLetters = queueReader(roomcast.client, roomcast.outputs.UndeliveredQueueUrl!);
});
beforeEach(() => failing({}));
afterAll(async () => {
  receipts.close();
  deadLetters.close();
  await roomcast.stop();
  await rm(faults, { recursive: true, force: true });
});

/** Connects to a room, and looks the connection's id up in the table. */
const member = async (room: string): Promise<Member & { connectionId: string }> => {
  const ids = async () => (await roomcast.rows("connections")).map(({ connectionId }) => String(connectionId));
  const before = new Set(await ids());
  const connected = await roomcast.connect({ room });
  const connectionId = (await ids()).find((id) => !before.has(id))!;
  return { ...connected, connectionId };
};

test("a client that vanished is pruned by the next message, and no other row is touched", async () => {
  const [ann, bob, carl] = [await member("vanish"), await member("vanish"), await member("vanish")];
  await bob.ask({ message: "join", room: "vanish-2" });
  await carl.ask({ message: "join", room: "vanish-2" });
  const before = await roomcast.rows("connections");
  bob.socket.terminate();
  await expect.poll(() => roomcast.logged.some(({ message }) => /lost on purpose/.test(message))).toBe(true);
  expect(await roomcast.rows("connections")).toHaveLength(before.length);

  const { id } = await ann.ask({ message: "publish", data: "who is there?" });
  await carl.next({ type: "message", id });
  expect((await receipts.next()).detail).toMatchObject({ id, recipients: 2, delivered: 1, gone: 1, failed: 0 });
  const left = before.filter(({ connectionId }) => connectionId !== bob.connectionId);
  expect(left).toHaveLength(before.length - 2);
  expect(await roomcast.rows("connections")).toEqual(left);
});

test("a post that fails twice is tried again, and delays nobody", async () => {
  const [ann, bob, carl] = [await member("retry"), await member("retry"), await member("retry")];
  await failing({ [bob.connectionId]: 2 });
  const { id } = await ann.ask({ message: "publish", data: "hello" });
  const order: string[] = [];
  await Promise.all(
    Object.entries({ bob, carl }).map(async ([name, one]) => {
      await one.next({ type: "message", id });
      order.push(name);
    }),
  );
  expect(order).toEqual(["carl", "bob"]);
  expect((await receipts.next()).detail).toMatchObject({
    id,
    recipients: 2,
    delivered: 2,
    gone: 0,
    failed: 0,
    throttled: 0,
  });
});

test("of posts that are throttled the receipt has each try, whether they get through in the end or not", async () => {
  const [ann, bob, carl] = [await member("throttled"), await member("throttled"), await member("throttled")];
  await failing({ [bob.connectionId]: 2, [carl.connectionId]: 1_000 }, "LimitExceededException");
  const { id } = await ann.ask({ message: "publish", data: "hello" });
  await bob.next({ type: "message", id });
  const { detail } = await receipts.next();
  expect(detail).toMatchObject({ id, recipients: 2, delivered: 1, gone: 0, failed: 1, throttled: 2 + 6 });
  expect(await deadLetters.next()).toMatchObject({
    connections: [{ connectionId: carl.connectionId, error: "LimitExceededException" }],
  });
});

test("a post that always fails is counted and dead-lettered, and everyone else is served", async () => {
  const [ann, bob, carl] = [await member("always"), await member("always"), await member("always")];
  await failing({ [bob.connectionId]: 1_000 });
  const { id, seq } = await ann.ask({ message: "publish", data: "hello" });
  await carl.next({ type: "message", id });
  const { detail } = await receipts.next();
  expect(detail).toMatchObject({
    id,
    room: "always",
    seq,
    recipients: 2,
    delivered: 1,
    gone: 0,
    failed: 1,
    throttled: 0,
  });
  expect(detail.durationMs).toBeGreaterThan(0);
  expect(await deadLetters.next()).toMatchObject({
    message: { id, room: "always", seq, data: "hello" },
    connections: [{ connectionId: bob.connectionId, error: "Error" }],
  });
  expect(bob.unread).toEqual([]);
  expect((await roomcast.rows("connections")).map(({ connectionId }) => connectionId)).toContain(bob.connectionId);
});

test("a room without other members has a receipt too", async () => {
  const ann = await member("alone");
  const { id } = await ann.ask({ message: "publish", data: "hello?" });
  expect((await receipts.next()).detail).toMatchObject({ id, recipients: 0, delivered: 0, gone: 0, failed: 0 });
});
