import { expect, test } from "vitest";
import type { Pace } from "../../functions/protocol/pace.ts";
import { typing } from "../../functions/typing.ts";
import { frame } from "../support/frame.ts";

const NOW = 1_700_000_000_000;

/** A room that ann may be in, with what is put on the bus of it. @param wins whether nobody else is faster */
const lobby = ({ pace = {} as Pace, isMember = true, wins = true } = {}) => {
  const put: unknown[] = [];
  const asked: string[] = [];
  const route = typing({
    paceOf: async () => pace,
    isMember: async (connectionId) => {
      asked.push(connectionId);
      return isMember;
    },
    announceTyping: async () => wins,
    put: async (...event) => void put.push(event),
    now: () => NOW,
  });
  return { type: () => route(frame({ room: "lobby" })), route, put, asked };
};

test("who types is put on the bus, and the typist is answered nothing", async () => {
  const { type, put } = lobby();
  expect(await type()).toBeUndefined();
  const from = { id: "guest-ann", name: "Ann" };
  expect(put).toEqual([["TypingStarted", { room: "lobby", from }, expect.stringMatching(/;Sampled=0$/)]]);
});

test("typing that comes too soon ends before anything else is read", async () => {
  const { type, put, asked } = lobby({ pace: { typed: [{ id: "guest-ann", at: NOW - 1 }] } });
  await type();
  expect([put, asked]).toEqual([[], []]);
});

test("somebody else was faster: nothing is put", async () => {
  const { type, put } = lobby({ wins: false });
  await type();
  expect(put).toEqual([]);
});

test("where the token does not let somebody publish, nobody is told of typing", async () => {
  const { route, put, asked } = lobby();
  const rights = { join: ["*"], publish: [], read: ["*"] };
  await expect(route({ ...frame({ room: "lobby" }), rights })).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect([put, asked]).toEqual([[], []]);
});

test.each([
  ["somebody who is not in the room", { room: "lobby" }, "NOT_A_MEMBER"],
  ["an empty room", { room: "" }, "BAD_ROOM"],
  ["no room", {}, "BAD_ROOM"],
])("%s is refused", async (_what, body, code) => {
  const { route, put } = lobby({ isMember: false });
  await expect(route(frame(body))).rejects.toMatchObject({ name: "Refusal", code });
  expect(put).toEqual([]);
});
