import { expect, test } from "vitest";
import { join, MAX_ROOMS } from "../../functions/join.ts";
import { frame } from "../support/frame.ts";

/** A table of memberships in which ann is in these rooms. */
const annIn = (...rooms: string[]) => {
  const members = new Set(rooms);
  const route = join({
    addMember: async ({ room }) => void members.add(room),
    removeMember: async (_connectionId, room) => void members.delete(room),
    roomsOf: async (_connectionId, limit) => [...members].slice(0, limit),
    head: async () => ({ epoch: "e1", seq: 41 }),
  });
  return { join: route, members };
};

const many = (count: number) => Array.from({ length: count }, (_, index) => `room-${index}`);

test("a member is told the room's head", async () => {
  const { join, members } = annIn();
  expect(await join(frame({ room: "lobby" }))).toEqual({ type: "joined", room: "lobby", epoch: "e1", seq: 41 });
  expect([...members]).toEqual(["lobby"]);
});

test("joining twice is joining once", async () => {
  const { join, members } = annIn("lobby");
  expect(await join(frame({ room: "lobby" }))).toMatchObject({ type: "joined" });
  expect([...members]).toEqual(["lobby"]);
});

test("the 50th room is joined, the 51st is refused and nothing of it stays", async () => {
  const { join, members } = annIn(...many(MAX_ROOMS - 1));
  await join(frame({ room: "lobby" }));
  await expect(join(frame({ room: "attic" }))).rejects.toMatchObject({ code: "TOO_MANY_ROOMS" });
  expect(members.has("attic")).toBe(false);
  expect(members.size).toBe(MAX_ROOMS);
});

test("one in 50 rooms may join one of them again", async () => {
  const { join } = annIn(...many(MAX_ROOMS));
  expect(await join(frame({ room: "room-3" }))).toMatchObject({ type: "joined" });
});
