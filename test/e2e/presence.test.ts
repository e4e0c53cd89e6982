import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { slotOf } from "../../functions/protocol/slot.ts";
import type { Member } from "../support/member.ts";
import { queueReader, withQueueOf } from "../support/receipts.ts";
import { startRoomcast, type Template } from "../support/roomcast.ts";

// A look comes a second after the change, and the first ones start each function.
vi.setConfig({ testTimeout: 60_000 });

/** The largest room here that is told who is in it. */
const PRESENCE_MEMBERS = 12;

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
beforeAll(async () => {
  roomcast = await startRoomcast({
    change: (template: Template) => {
      withQueueOf("PresenceChanged", template);
      for (const { Properties } of Object.values(template.Resources))
        if (Properties.Handler === "roster.handler")
          Properties.Environment.Variables.PRESENCE_MEMBERS = String(PRESENCE_MEMBERS);
    },
  });
});
afterAll(() => roomcast.stop());

/**
 * Joins by a frame. Who joins by connecting cannot be posted to before `$connect` has ended, and where a busy machine
 * takes longer over that than the second after which the room is looked at, is not told; for `connect` see the walk of
 * the permissions.
 */
const join = async (room: string, name: string, query: Record<string, string> = {}) => {
  const member = await roomcast.connect({ name, ...query });
  await member.ask({ message: "join", room });
  return member;
};

/** What a member is told until as many people have joined or left, in how many frames, and the newest one's count. */
const toldOf = async (member: Member, people: number) => {
  const told = { joined: [] as string[], left: [] as string[], count: 0, version: 0, frames: 0 };
  while (told.joined.length + told.left.length < people) {
    const { joined, left, count, version } = await member.next({ type: "presence" });
    told.joined.push(...joined.map(({ name }: { name: string }) => name));
    told.left.push(...left.map(({ name }: { name: string }) => name));
    if (version > told.version) Object.assign(told, { count, version });
    told.frames += 1;
  }
  return told;
};

/** A row of a connection that is not there, or that nobody looks for. */
const row = (room: string, index: number) => {
  const connectionId = `${Buffer.from(String(index).padStart(11)).toString("base64url").slice(0, 15)}=`;
  const member = { memberId: `guest-${index}`, name: `Guest ${index}` };
  return { connectionId, room, slot: slotOf(connectionId), connectedAt: 0, expiresAt: 4e9, ...member };
};

test("ten who join at once are told in fewer frames, each of them once, and the bus too", async () => {
  const events = queueReader(roomcast.client, `${roomcast.origin}/000000000000/receipts`);
  const ann = await join("burst", "Ann");
  expect(await toldOf(ann, 1)).toMatchObject({ joined: ["Ann"], left: [], count: 1 });
  expect((await events.next()).detail).toEqual({
    room: "burst",
    joined: [{ id: expect.stringMatching(/^guest-/), name: "Ann" }],
    left: [],
    count: 1,
    version: expect.any(Number),
  });
  const names = Array.from({ length: 10 }, (_, index) => `guest ${index}`);
  const guests: Member[] = [];
  for (const name of names) guests.push(await roomcast.connect({ name }));
  await Promise.all(guests.map((guest) => guest.ask({ message: "join", room: "burst" })));
  const told = await toldOf(ann, 10);
  expect(told.joined.sort()).toEqual(names);
  expect(told).toMatchObject({ left: [], count: 11 });
  expect(told.frames).toBeLessThan(10);
  events.close();
  await Promise.all([ann, ...guests].map((member) => member.close()));
});

test("who leaves is told, by a frame or by a closed connection", async () => {
  const [ann, bob, carl] = await Promise.all([join("exits", "Ann"), join("exits", "Bob"), join("exits", "Carl")]);
  expect((await toldOf(ann, 3)).joined.sort()).toEqual(["Ann", "Bob", "Carl"]);
  await bob.ask({ message: "leave", room: "exits" });
  expect(await toldOf(ann, 1)).toMatchObject({ joined: [], left: ["Bob"], count: 2 });
  await carl.close();
  expect(await toldOf(ann, 1)).toMatchObject({ joined: [], left: ["Carl"], count: 1 });
  await Promise.all([ann.close(), bob.close()]);
});

test("whose $disconnect was lost has left as soon as a post finds out", async () => {
  await roomcast.putRows("connections", row("lost", 1));
  const ann = await join("lost", "Ann");
  expect(await toldOf(ann, 2)).toMatchObject({ left: [], count: 2 });
  expect(await toldOf(ann, 1)).toMatchObject({ joined: [], left: ["Guest 1"], count: 1 });
  await ann.close();
});

test("a second connection of somebody who is there is no join, and its end no leave", async () => {
  const client = "a-secret-of-more-than-128-bits";
  const desk = await join("twice", "Ann", { client });
  await toldOf(desk, 1);
  const phone = await join("twice", "Ann", { client });
  const bob = await join("twice", "Bob");
  expect(await toldOf(desk, 1)).toMatchObject({ joined: ["Bob"], left: [], count: 2 });
  await phone.close();
  const carl = await join("twice", "Carl");
  expect(await toldOf(bob, 2)).toMatchObject({ joined: ["Bob", "Carl"], left: [], count: 3 });
  await desk.close();
  expect(await toldOf(bob, 1)).toMatchObject({ joined: [], left: ["Ann"], count: 2 });
  await Promise.all([bob.close(), carl.close()]);
});

test("who types is told to the others once for many frames, and not to the typist", async () => {
  const [ann, bob, eve] = await Promise.all([join("typing", "Ann"), join("typing", "Bob"), roomcast.connect()]);
  const began = Date.now();
  eve.send({ message: "typing", room: "typing" });
  for (let frame = 1; frame <= 5; frame++) ann.send({ message: "typing", room: "typing" });
  expect(await bob.next({ type: "typing" })).toEqual({
    type: "typing",
    room: "typing",
    from: { id: expect.stringMatching(/^guest-/), name: "Ann" },
  });
  // Their answers come after everything that the frames caused.
  await Promise.all([ann, eve].map((member) => member.ask({ message: "ping" })));
  // Once a second, where a busy machine takes so long over five frames.
  const more = bob.told.filter(({ type }) => type === "typing").length;
  expect(more).toBeLessThanOrEqual(Math.floor((Date.now() - began) / 1_000));
  expect(ann.told.filter(({ type }) => type === "typing")).toEqual([]);
  expect([ann.unread, eve.unread]).toEqual([[], []]);
  await Promise.all([ann.close(), bob.close(), eve.close()]);
});

test("a room that is larger than that is told nothing, and is not looked at again soon", async () => {
  const crowd = Array.from({ length: PRESENCE_MEMBERS }, (_, index) => row("crowded", index));
  await roomcast.putRows("connections", ...crowd);
  const ann = await join("crowded", "Ann");
  const crowdedUntil = async () =>
    (await roomcast.rows("presence")).find(({ room }) => room === "crowded")?.crowdedUntil;
  await expect.poll(crowdedUntil, { timeout: 10_000 }).toBeGreaterThan(Date.now());
  const marked = await crowdedUntil();
  const bob = await join("crowded", "Bob");
  await bob.ask({ message: "leave", room: "crowded" });
  expect(await crowdedUntil()).toBe(marked);
  expect([ann.told, bob.told]).toEqual([[], []]);
  await Promise.all([ann.close(), bob.close()]);
});

test("the members of a room come in pages, everybody once; a page that nobody gave is refused", async () => {
  await roomcast.putRows("connections", ...Array.from({ length: 100 }, (_, index) => row("pages", index)));
  const ann = await join("pages", "Ann");
  const first = await ann.ask({ message: "members", room: "pages" });
  expect(first).toMatchObject({ type: "members", room: "pages", count: 101, next: expect.any(String) });
  expect(first.members).toHaveLength(80);
  const second = await ann.ask({ message: "members", room: "pages", after: first.next });
  expect(second).toMatchObject({ count: 101 });
  expect(second).not.toHaveProperty("next");
  const names = [...first.members, ...second.members].map(({ name }) => name);
  expect(names.sort()).toEqual([...Array.from({ length: 100 }, (_, index) => `Guest ${index}`), "Ann"].sort());
  const made = await ann.ask({ message: "members", room: "pages", after: "made up" });
  expect(made).toMatchObject({ type: "error", code: "BAD_FRAME" });
  expect(await ann.ask({ message: "members", room: "elsewhere" })).toMatchObject({ code: "NOT_A_MEMBER" });
  await ann.close();
});
