import { expect, test } from "vitest";
import type { Message } from "../../functions/aws/messages.ts";
import type { MessagePosted } from "../../functions/contracts/events.ts";
import { publish } from "../../functions/publish.ts";
import { frame } from "../support/frame.ts";

/** A room "lobby" (and others) with members, by connection id, and what publish did. */
const lobby = ({ rooms = { "ann=": ["lobby"] } as Record<string, string[]>, bus = async () => {} } = {}) => {
  const saved: Message[] = [];
  const announced: MessagePosted[] = [];
  const route = publish({
    isMember: async (connectionId, room) => rooms[connectionId]?.includes(room) ?? false,
    roomsOf: async (connectionId, limit) => (rooms[connectionId] ?? []).slice(0, limit),
    takeNumber: async () => saved.length + 1,
    save: async (message) => void saved.push(message),
    announce: async (message) => {
      await bus();
      announced.push(message);
    },
    newId: (now) => `ulid-of-${now}`,
    now: () => 1_700_000_001_000,
  });
  return { publish: route, saved, announced };
};

test("a message is numbered, saved, announced and acked", async () => {
  const { publish, saved, announced } = lobby();
  const ack = await publish(frame({ room: "lobby", data: { text: "hello" } }));
  const numbered = { room: "lobby", id: "ulid-of-1700000001000", seq: 1, received: 1_700_000_001_000 };
  expect(ack).toEqual({ type: "ack", ...numbered });
  const message = { ...numbered, from: { id: "guest-ann", name: "Ann" }, data: { text: "hello" } };
  expect(saved).toEqual([message]);
  expect(announced).toEqual([{ ...message, sender: "ann=", trace: expect.stringContaining("Root=1-") }]);
});

test.each([null, false, 0, "", [], {}, [[1]], "{% $states.input %}"])(
  "data may be any JSON value: %j",
  async (data) => {
    const { publish, saved } = lobby();
    await publish(frame({ room: "lobby", data }));
    expect(saved[0]?.data).toEqual(data);
  },
);

test("the room may be left out by a connection that is in exactly one", async () => {
  const { publish } = lobby();
  expect(await publish(frame({ data: 1 }))).toMatchObject({ type: "ack", room: "lobby" });
});

test("what was saved is not announced twice when the bus fails, and is not acked", async () => {
  const { publish, saved, announced } = lobby({
    bus: async () => {
      throw new Error("ThrottlingException");
    },
  });
  await expect(publish(frame({ room: "lobby", data: 1 }))).rejects.toThrow("ThrottlingException");
  expect([saved.length, announced.length]).toEqual([1, 0]);
});

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

test.each([
  ["someone outside the room", {}, { room: "lobby", data: 1 }, "NOT_A_MEMBER"],
  ["someone in another room", { "ann=": ["attic"] }, { room: "lobby", data: 1 }, "NOT_A_MEMBER"],
  ["someone in no room, without a room", {}, { data: 1 }, "NOT_A_MEMBER"],
  ["someone in two rooms, without a room", { "ann=": ["lobby", "attic"] }, { data: 1 }, "BAD_ROOM"],
  ["data over 28 KiB", undefined, { room: "lobby", data: "x".repeat(30_000) }, "TOO_LARGE"],
  ["data over 28 KiB of UTF-8", undefined, { room: "lobby", data: "語".repeat(10_000) }, "TOO_LARGE"],
  ["no data", undefined, { room: "lobby" }, "BAD_FRAME"],
  ["data nested 65 deep", undefined, { room: "lobby", data: nested(65) }, "BAD_FRAME"],
  ["an empty room", undefined, { room: "", data: 1 }, "BAD_ROOM"],
  ["a room that is no string", undefined, { room: ["lobby"], data: 1 }, "BAD_ROOM"],
  ["a ref of 65 characters", undefined, { room: "lobby", data: 1, ref: "r".repeat(65) }, "BAD_FRAME"],
])("%s is refused, and nothing is saved or announced", async (_who, rooms, fields, code) => {
  const { publish, saved, announced } = lobby(rooms && { rooms: rooms as Record<string, string[]> });
  await expect(publish(frame(fields))).rejects.toMatchObject({ name: "Refusal", code });
  expect([saved, announced]).toEqual([[], []]);
});
