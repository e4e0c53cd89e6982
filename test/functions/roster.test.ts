import { expect, test } from "vitest";
import type { Roster } from "../../functions/aws/presence.ts";
import { roster } from "../../functions/roster.ts";
import { unheard } from "../support/frame.ts";

const PRESENCE_MEMBERS = 3;
const NOW = 1_700_000_000_000;
const connection = (name: string) => ({ connectionId: `${name}=`, connectedAt: 1, memberId: `guest-${name}`, name });
const person = (name: string) => ({ id: `guest-${name}`, name });
const address = (name: string) => ({ connectionId: `${name}=`, connectedAt: 1 });

/** A room with these in it. @param meanwhile what happens between a look and its saving */
const lobby = (names: readonly string[], meanwhile = (_saved: Roster[]) => {}) => {
  const room = { present: [...names] };
  const saved: Roster[] = [];
  const crowded: string[] = [];
  const step = roster({
    rosterOf: async () => saved.at(-1) ?? { people: [], version: 0 },
    listUpTo: async (_room, limit) => room.present.slice(0, limit).map(connection),
    saveRoster: async (_room, next, before) => {
      meanwhile(saved);
      if (before !== (saved.at(-1)?.version ?? 0)) return false;
      saved.push(next);
      return true;
    },
    crowd: async (name) => void crowded.push(name),
    presenceMembers: PRESENCE_MEMBERS,
    now: () => NOW,
  });
  return {
    look: () => step({ "detail-type": "MembershipChanged", detail: { room: "lobby" } }, unheard),
    typing: (name: string) =>
      step({ "detail-type": "TypingStarted", detail: { room: "lobby", from: person(name) } }, unheard),
    room,
    saved,
    crowded,
  };
};

test("a look tells everybody who has come since the last, and the same look again tells nothing", async () => {
  const { look, room } = lobby(["ann", "bob"]);
  expect(await look()).toEqual({
    frame: {
      type: "presence",
      room: "lobby",
      joined: [person("ann"), person("bob")],
      left: [],
      count: 2,
      version: NOW,
    },
    connections: [address("ann"), address("bob")],
  });
  expect(await look()).toEqual({ connections: [] });
  room.present = ["bob"];
  expect(await look()).toMatchObject({ frame: { joined: [], left: [person("ann")], count: 1, version: NOW + 1 } });
});

test("the last to leave is told to nobody, but told: backends hear of it", async () => {
  const { look, room } = lobby(["ann"]);
  await look();
  room.present = [];
  expect(await look()).toMatchObject({ frame: { left: [person("ann")], count: 0 }, connections: [] });
});

test("two looks at once tell a change once", async () => {
  const { look, saved } = lobby(["ann", "bob"]);
  const looks = await Promise.all([look(), look()]);
  expect(looks.filter(({ frame }) => frame !== undefined)).toHaveLength(1);
  expect(saved).toHaveLength(1);
});

test("a look that others always overtake fails, to be tried again", async () => {
  const { look } = lobby(["ann"], (saved) => saved.push({ people: [], version: saved.length + 1 }));
  await expect(look()).rejects.toThrow("Others have announced the members of lobby");
});

test("a room at the limit is told, one above it is marked, and neither who joined nor who types is told", async () => {
  const { look, typing, room, crowded, saved } = lobby(["ann", "bob", "carl"]);
  expect(await look()).toMatchObject({ frame: { count: PRESENCE_MEMBERS } });
  room.present.push("dora");
  expect([await look(), await typing("ann")]).toEqual([{ connections: [] }, { connections: [] }]);
  expect(crowded).toEqual(["lobby", "lobby"]);
  expect(saved).toHaveLength(1);
});

test("typing is told to everybody else", async () => {
  const { typing, saved } = lobby(["ann", "bob"]);
  expect(await typing("ann")).toEqual({
    frame: { type: "typing", room: "lobby", from: person("ann") },
    connections: [address("bob")],
  });
  expect(saved).toEqual([]);
});
