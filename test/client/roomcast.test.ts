import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, type Message, type Room } from "../../client/index.ts";
import { interruptibleProxy } from "../support/interruptible-proxy.ts";
import { startRoomcast } from "../support/roomcast.ts";
import { withoutLimits } from "../support/without-limits.ts";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
beforeAll(async () => {
  roomcast = await startRoomcast({ change: withoutLimits });
});
afterAll(() => roomcast.stop());

/** Joins a room and waits until that is done. */
const joined = async (chat: ReturnType<typeof connect>, name: string) => {
  const room = chat.join(name);
  await expect.poll(() => room.state, { timeout: 20_000 }).toBe("joined");
  const messages: Message[] = [];
  room.on("message", (message) => messages.push(message));
  return { room, messages };
};

const publishAll = async (room: Room, from: number, to: number) => {
  for (let n = from; n <= to; n++) await room.publish(n);
};

test("who is cut off while 500 messages pass has all 500, in order", async () => {
  const network = await interruptibleProxy(roomcast.endpoint);
  const ann = connect(roomcast.endpoint, { name: "ann" });
  const bob = connect(network.endpoint, { name: "bob" });
  const [told, heard] = [await joined(ann, "cut"), await joined(bob, "cut")];
  await publishAll(told.room, 1, 3);
  await expect.poll(() => heard.messages.length).toBe(3);
  network.interrupt();
  await publishAll(told.room, 4, 503);
  network.restore();
  await expect.poll(() => heard.messages.length, { timeout: 60_000 }).toBe(503);
  const expected = Array.from({ length: 503 }, (_, n) => n + 1);
  expect(heard.messages.map(({ seq }) => seq)).toEqual(expected);
  expect(heard.messages.map(({ data }) => data)).toEqual(expected);
  expect(told.messages.map(({ seq }) => seq)).toEqual(expected);
  expect(told.messages.every(({ mine, from }) => mine && from.id === heard.messages[0]?.from.id)).toBe(true);
  await Promise.all([ann.close(), bob.close(), network.stop()]);
}, 120_000);

test("what is published without a connection arrives once there is one, in order", async () => {
  const network = await interruptibleProxy(roomcast.endpoint);
  const ann = connect(network.endpoint, { name: "ann" });
  const bob = connect(roomcast.endpoint, { name: "bob" });
  const [told, heard] = [await joined(ann, "offline"), await joined(bob, "offline")];
  network.interrupt();
  const acks = ["one", "two", "three"].map((text) => told.room.publish(text));
  await expect.poll(() => ann.state).toBe("connecting");
  network.restore();
  expect((await Promise.all(acks)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  await expect.poll(() => heard.messages.map(({ data }) => data)).toEqual(["one", "two", "three"]);
  await Promise.all([ann.close(), bob.close(), network.stop()]);
});
