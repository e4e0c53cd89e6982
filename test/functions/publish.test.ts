import { expect, test } from "vitest";
import type { Message } from "../../functions/aws/messages.ts";
import type { Claim } from "../../functions/aws/refs.ts";
import type { MessagePosted } from "../../functions/contracts/events.ts";
import { Refusal } from "../../functions/protocol/refusal.ts";
import { publish } from "../../functions/publish.ts";
import { measured } from "../../functions/runtime/metrics.ts";
import { frame } from "../support/frame.ts";

/** A room "lobby" (and others) with members, by connection id, and what publish did. */
const lobby = ({
  rooms = { "ann=": ["lobby"] } as Record<string, string[]>,
  bus = async () => {},
  sealed = [] as number[],
  isBusy = (): boolean => false,
} = {}) => {
  const saved: Message[] = [];
  const announced: MessagePosted[] = [];
  const claims = new Map<string, Claim>();
  const time = { now: 1_700_000_001_000 };
  const charged: number[] = [];
  let numbers = 0;
  let ids = 0;
  const claimOf = (key: object) => claims.get(JSON.stringify(key));
  const setClaim = (key: object, changed: Partial<Claim>) => {
    const claim = { ...(claimOf(key) as Claim), ...changed };
    claims.set(JSON.stringify(key), claim);
    return claim;
  };
  const route = publish({
    isMember: async (connectionId, room) => rooms[connectionId]?.includes(room) ?? false,
    roomsOf: async (connectionId, limit) => (rooms[connectionId] ?? []).slice(0, limit),
    takeNumber: async (_room, now) => {
      if (isBusy()) throw new Refusal("RATE_LIMITED", "This room is busy.");
      charged.push(now);
      return { seq: ++numbers, audience: 70 };
    },
    takeAnotherNumber: async () => ++numbers,
    findClaim: async (key) => claimOf(key),
    claim: async (key, claim) => claimOf(key) ?? setClaim(key, claim),
    renumber: async (key, from, to) => (claimOf(key)?.seq === from ? setClaim(key, { seq: to }) : claimOf(key)!).seq,
    giveUpAnnouncing: async (key) => void setClaim(key, { announcingSince: 0 }),
    save: async (message) => {
      if (sealed.includes(message.seq)) return false;
      if (!saved.some(({ seq }) => seq === message.seq)) saved.push(message);
      return true;
    },
    announce: async (message) => {
      await bus();
      announced.push(message);
    },
    isTraced: (id) => id === "ulid-1-of-1700000001000",
    metrics: measured("test"),
    newId: (now) => `ulid-${++ids}-of-${now}`,
    now: () => time.now,
  });
  return { publish: route, saved, announced, charged, claims, time };
};

test("a message is numbered, saved, announced and acked", async () => {
  const { publish, saved, announced } = lobby();
  const ack = await publish(frame({ room: "lobby", data: { text: "hello" } }));
  const numbered = { room: "lobby", id: "ulid-1-of-1700000001000", seq: 1, received: 1_700_000_001_000 };
  expect(ack).toEqual({ type: "ack", ...numbered });
  const message = { ...numbered, from: { id: "guest-ann", name: "Ann" }, data: { text: "hello" } };
  expect(saved).toEqual([message]);
  const announcement = { ...message, audience: 70, sender: "ann=", trace: expect.stringContaining("Root=1-") };
  expect(announced).toEqual([announcement]);
});

test("whether its trace goes on is decided by the message's id, and so alike when it is announced again", async () => {
  const { publish, announced, time } = lobby();
  await publish(frame({ room: "lobby", data: "hello", ref: "r1" }));
  await publish(frame({ room: "lobby", data: "another" }));
  time.now += 5_000;
  await publish(frame({ room: "lobby", data: "hello", ref: "r1" }));
  expect(announced.map(({ trace }) => trace.slice(-9))).toEqual(["Sampled=1", "Sampled=0", "Sampled=1"]);
});

test("what is published is counted once, though it comes again", async () => {
  const { publish } = lobby();
  const lines: object[] = [];
  const write = (text: string, more?: object) => void lines.push({ text, ...more });
  const told = (body: Record<string, unknown>) => {
    const heard = frame(body);
    return publish({ ...heard, observe: { ...heard.observe, log: { ...heard.observe.log, info: write } } });
  };
  await told({ room: "lobby", data: "hello", ref: "r1" });
  await told({ room: "lobby", data: "hello", ref: "r1" });
  expect(lines).toEqual([
    { text: "Posted.", seq: 1, Stage: "test", Published: 1, _aws: expect.anything() },
    { text: "Posted before.", seq: 1 },
  ]);
});

test("a repeated ref is the same message, announced once", async () => {
  const { publish, saved, announced } = lobby();
  const hello = { room: "lobby", data: "hello", ref: "r1" };
  const [first, second] = await Promise.all([publish(frame(hello)), publish(frame(hello))]);
  expect(second).toEqual(first);
  expect(await publish(frame(hello))).toEqual(first);
  expect([saved.length, announced.length]).toEqual([1, 1]);
});

test("a ref that comes again when the first to use it must have ended is announced again", async () => {
  const { publish, announced, time } = lobby();
  const hello = { room: "lobby", data: "hello", ref: "r1" };
  const first = await publish(frame(hello));
  time.now += 5_000;
  expect(await publish(frame(hello))).toEqual(first);
  expect(announced.map(({ seq, received }) => [seq, received])).toEqual([
    [1, 1_700_000_001_000],
    [1, 1_700_000_001_000],
  ]);
});

test("a ref whose announcement failed is announced by the next that brings it, at once", async () => {
  let works = false;
  const bus = async () => {
    if (!works) throw new Error("ThrottlingException");
  };
  const { publish, saved, announced } = lobby({ bus });
  const hello = { room: "lobby", data: "hello", ref: "r1" };
  await expect(publish(frame(hello))).rejects.toThrow("ThrottlingException");
  works = true;
  expect(await publish(frame(hello))).toMatchObject({ type: "ack", seq: 1 });
  expect([saved.length, announced.length]).toEqual([1, 1]);
});

test.each([
  ["other content", { room: "lobby", data: "bye", ref: "r1" }],
  ["another room", { room: "attic", data: "hello", ref: "r1" }],
])("a ref with %s is refused, and nothing is saved", async (_what, other) => {
  const { publish, saved } = lobby({ rooms: { "ann=": ["lobby", "attic"] } });
  await publish(frame({ room: "lobby", data: "hello", ref: "r1" }));
  await expect(publish(frame(other))).rejects.toMatchObject({ name: "Refusal", code: "BAD_FRAME" });
  expect(saved).toHaveLength(1);
});

test.each([undefined, "r1"])(
  "a number that was sealed is not used: the message takes the next (ref %s)",
  async (ref) => {
    const { publish, saved, announced, charged } = lobby({ sealed: [1, 2] });
    expect(await publish(frame({ room: "lobby", data: "slow", ref }))).toMatchObject({ seq: 3 });
    expect([saved.map(({ seq }) => seq), announced.map(({ seq }) => seq)]).toEqual([[3], [3]]);
    expect(charged).toHaveLength(1);
  },
);

test.each([undefined, "r1"])("in a room that is busy nothing is claimed, saved or announced (ref %s)", async (ref) => {
  let busy = true;
  const { publish, saved, announced, claims } = lobby({ isBusy: () => busy });
  const hello = frame({ room: "lobby", data: "hello", ref });
  await expect(publish(hello)).rejects.toMatchObject({ name: "Refusal", code: "RATE_LIMITED" });
  expect([saved, announced, claims.size]).toEqual([[], [], 0]);
  busy = false;
  expect(await publish(hello)).toMatchObject({ type: "ack", seq: 1 });
});

test("a message that is sent again is acked in a busy room too: it was charged when it was new", async () => {
  let busy = false;
  const { publish, charged } = lobby({ isBusy: () => busy });
  const hello = frame({ room: "lobby", data: "hello", ref: "r1" });
  const first = await publish(hello);
  busy = true;
  expect(await publish(hello)).toEqual(first);
  expect(charged).toEqual([1_700_000_001_000]);
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

const rights = { join: ["*"], publish: ["attic"], read: ["*"] };

test.each([
  ["that is named", { room: "lobby", data: 1 }, ["lobby"]],
  ["that is named, which tells nobody who is in it", { room: "lobby", data: 1 }, []],
  ["that is meant", { data: 1 }, ["lobby"]],
])("a room %s is not published in against the token", async (_how, body, rooms) => {
  const { publish, saved, announced } = lobby({ rooms: { "ann=": rooms } });
  await expect(publish({ ...frame(body), rights })).rejects.toMatchObject({ name: "Refusal", code: "FORBIDDEN" });
  expect([saved, announced]).toEqual([[], []]);
});

test("a room that the token allows is published in", async () => {
  const { publish } = lobby({ rooms: { "ann=": ["attic"] } });
  expect(await publish({ ...frame({ data: 1 }), rights })).toMatchObject({ type: "ack", room: "attic" });
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
