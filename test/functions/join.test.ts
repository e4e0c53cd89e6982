import { expect, test } from "vitest";
import type { Membership } from "../../functions/aws/connections.ts";
import { join, MAX_ROOMS } from "../../functions/join.ts";
import { frame } from "../support/frame.ts";

/** A table of memberships in which ann is in these rooms. */
const annIn = (...rooms: string[]) => {
  const members = new Set(rooms);
  const written: Membership[] = [];
  const stirred: string[] = [];
  const route = join({
    addMember: async (member) => {
      members.add(member.room);
      written.push(member);
    },
    removeMember: async (_connectionId, room) => void members.delete(room),
    roomsOf: async (_connectionId, limit) => [...members].slice(0, limit),
    head: async () => ({ epoch: "e1", seq: 41 }),
    stirred: async (room) => void stirred.push(room),
  });
  return { join: route, members, written, stirred };
};

const many = (count: number) => Array.from({ length: count }, (_, index) => `room-${index}`);

test("a member is told the room's head, and the room stirs", async () => {
  const { join, members, stirred } = annIn();
  expect(await join(frame({ room: "lobby" }))).toEqual({ type: "joined", room: "lobby", epoch: "e1", seq: 41 });
  expect([[...members], stirred]).toEqual([["lobby"], ["lobby"]]);
});

test("joining twice is joining once", async () => {
  const { join, members } = annIn("lobby");
  expect(await join(frame({ room: "lobby" }))).toMatchObject({ type: "joined" });
  expect([...members]).toEqual(["lobby"]);
});

test("the 50th room is joined, the 51st is refused, nothing of it stays and it does not stir", async () => {
  const { join, members, stirred } = annIn(...many(MAX_ROOMS - 1));
  await join(frame({ room: "lobby" }));
  await expect(join(frame({ room: "attic" }))).rejects.toMatchObject({ code: "TOO_MANY_ROOMS" });
  expect(members.has("attic")).toBe(false);
  expect(stirred).toEqual(["lobby"]);
  expect(members.size).toBe(MAX_ROOMS);
});

test("one in 50 rooms may join one of them again", async () => {
  const { join } = annIn(...many(MAX_ROOMS));
  expect(await join(frame({ room: "room-3" }))).toMatchObject({ type: "joined" });
});

const rights = { join: ["lobby"], publish: ["*"], read: ["*"] };

test("a room that the token allows is joined, for as long as the token is valid", async () => {
  const { join, written } = annIn();
  expect(await join({ ...frame({ room: "lobby" }), rights, validUntil: 1_700_000_600 })).toMatchObject({ seq: 41 });
  expect(written).toEqual([expect.objectContaining({ room: "lobby", validUntil: 1_700_000_600 })]);
});

test("another room is not joined, and does not stir", async () => {
  const { join, members, stirred } = annIn();
  await expect(join({ ...frame({ room: "attic" }), rights })).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect([[...members], stirred]).toEqual([[], []]);
});
