import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { afterAll, beforeAll, expect, test } from "vitest";
import { queueReader, withQueueOf } from "../support/receipts.ts";
import { startRoomcast } from "../support/roomcast.ts";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let events: EventBridgeClient;
let refusals: ReturnType<typeof queueReader>;
beforeAll(async () => {
  roomcast = await startRoomcast({ change: (template) => withQueueOf("PublishRefused", template, "refusals") });
  events = new EventBridgeClient(roomcast.client);
  refusals = queueReader(roomcast.client, `${roomcast.origin}/000000000000/refusals`);
});
afterAll(async () => {
  events.destroy();
  refusals.close();
  await roomcast.stop();
});

/** @returns the event's id */
const request = async (detail: unknown): Promise<string> => {
  const entry = {
    EventBusName: roomcast.outputs.EventBusName,
    Source: "roomcast",
    DetailType: "PublishRequested",
    Detail: JSON.stringify(detail),
  };
  const { Entries } = await events.send(new PutEventsCommand({ Entries: [entry] }));
  return Entries![0]!.EventId!;
};

const news = { room: "news", data: { headline: "It works" }, from: { id: "newsroom", name: "The news" } };

test("what a backend asks for is numbered and kept like a client's message, and reaches every member", async () => {
  const [ann, bob] = await Promise.all([roomcast.connect({ room: "news" }), roomcast.connect({ room: "news" })]);
  await ann.ask({ message: "publish", room: "news", data: "first" });
  await request(news);
  const second = { type: "message", room: "news", seq: 2, data: news.data, from: news.from };
  expect(await ann.next({ type: "message" })).toMatchObject(second);
  expect(await bob.next({ seq: 2 })).toMatchObject(second);
  const { messages } = await bob.ask({ message: "history", room: "news", after: 0 });
  expect(messages.map(({ data }: { data: unknown }) => data)).toEqual(["first", news.data]);
  await Promise.all([ann.close(), bob.close()]);
});

test("the same request put twice with a ref is one message; without one, each event is its own", async () => {
  const ann = await roomcast.connect({ room: "prices" });
  const price = { ...news, room: "prices" };
  for (const ref of ["p-1", "p-1", undefined, undefined]) await request({ ...price, ref });
  for (const seq of [1, 2, 3]) await ann.next({ seq });
  const { messages } = await ann.ask({ message: "history", room: "prices", after: 0 });
  expect(messages).toHaveLength(3);
  await ann.close();
});

test.each([
  ["no room", { ...news, room: undefined }, "BAD_ROOM"],
  ["a room with a control character", { ...news, room: "a\u0000b" }, "BAD_ROOM"],
  ["nobody's name on it", { ...news, from: undefined }, "BAD_FRAME"],
  ["an empty author", { ...news, from: { id: "" } }, "BAD_FRAME"],
  ["data over 28 KB", { ...news, data: "x".repeat(30_000) }, "TOO_LARGE"],
  ["a ref of 10,000 characters", { ...news, ref: "r".repeat(10_000) }, "BAD_FRAME"],
])("a request with %s is refused on the bus, by the event's id", async (_what, detail, code) => {
  const id = await request(detail);
  expect(await refusals.next()).toMatchObject({ detail: { request: id, code, reason: expect.any(String) } });
});

test("a request to a room that owes too much is refused on the bus, and may be put again later", async () => {
  const row = { room: "crowd", epoch: "epoch", seq: 0 };
  await roomcast.putRows("rooms", { ...row, busyUntil: Date.now() + 3_600_000 });
  const asked = { ...news, room: row.room, ref: "news-1" };
  const id = await request(asked);
  const { detail } = await refusals.next();
  expect(detail).toEqual({ request: id, code: "RATE_LIMITED", reason: expect.stringMatching(/in \d+ s\./) });

  await roomcast.putRows("rooms", row);
  const ann = await roomcast.connect({ room: row.room });
  // What it owed is remembered for a second.
  const past = async () => {
    await request(asked);
    return (await ann.ask({ message: "history", room: row.room, after: 0 })).messages;
  };
  await expect.poll(past).toEqual([expect.objectContaining({ seq: 1, data: news.data })]);
  expect(await ann.next({ type: "message" })).toMatchObject({ seq: 1, data: news.data });
  await ann.close();
});
