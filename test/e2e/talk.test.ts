import { afterAll, beforeAll, expect, test } from "vitest";
import { startRoomcast } from "../support/roomcast.ts";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
beforeAll(async () => {
  roomcast = await startRoomcast();
});
afterAll(() => roomcast.stop());

test("what is published in a room reaches its other members, and nobody else", async () => {
  const [ann, bob, carl] = await Promise.all([
    roomcast.connect({ room: "lobby", name: "Ann" }),
    roomcast.connect({ room: "lobby", name: "Bob" }),
    roomcast.connect({ room: "attic", name: "Carl" }),
  ]);
  const ack = await ann.ask({ message: "publish", room: "lobby", data: { text: "hello" } });
  expect(ack).toMatchObject({ type: "ack", room: "lobby", seq: 1, id: expect.stringMatching(/^[0-9A-Z]{26}$/) });
  expect(await bob.next({ type: "message" })).toEqual({
    type: "message",
    room: "lobby",
    id: ack.id,
    seq: 1,
    from: { id: expect.stringMatching(/^guest-/), name: "Ann" },
    data: { text: "hello" },
    received: ack.received,
  });
  // Bob's answer comes after everything that ann's message caused: what ann and carl have not got by now never comes.
  await bob.ask({ message: "publish", room: "lobby", data: "and back" });
  await ann.next({ type: "message", data: "and back" });
  await Promise.all([ann.ask({ message: "ping" }), carl.ask({ message: "ping" })]);
  expect([ann.unread, carl.unread]).toEqual([[], []]);
  await Promise.all([ann, bob, carl].map((member) => member.close()));
});

test("messages of a room are numbered one by one, each room by itself", async () => {
  const ann = await roomcast.connect();
  await ann.ask({ message: "join", room: "numbers-1" });
  await ann.ask({ message: "join", room: "numbers-2" });
  const seqs = [];
  for (const room of ["numbers-1", "numbers-1", "numbers-2", "numbers-1"])
    seqs.push((await ann.ask({ message: "publish", room, data: 1 })).seq);
  expect(seqs).toEqual([1, 2, 1, 3]);
  const { rooms } = await ann.ask({ message: "ping" });
  expect(rooms).toMatchObject({ "numbers-1": { seq: 3 }, "numbers-2": { seq: 1 } });
  const joined = await ann.ask({ message: "join", room: "numbers-1" });
  expect(joined).toEqual({ type: "joined", room: "numbers-1", ...rooms["numbers-1"], ref: expect.any(String) });
  await ann.close();
});

test("who leaves a room gets nothing of it and may not publish to it", async () => {
  const [ann, bob] = await Promise.all([roomcast.connect({ room: "leaving" }), roomcast.connect({ room: "leaving" })]);
  expect(await bob.ask({ message: "leave", room: "leaving" })).toMatchObject({ type: "left", room: "leaving" });
  await ann.ask({ message: "publish", room: "leaving", data: "anyone?" });
  expect(await bob.ask({ message: "publish", room: "leaving", data: 1 })).toMatchObject({ code: "NOT_A_MEMBER" });
  expect(bob.unread).toEqual([]);
  await Promise.all([ann.close(), bob.close()]);
});

test("the sender's other connection gets the message: only the one that sent it does not", async () => {
  const client = "a-secret-of-more-than-128-bits";
  const [desk, phone] = await Promise.all([
    roomcast.connect({ room: "devices", client }),
    roomcast.connect({ room: "devices" }, { protocols: ["roomcast.v1", `client.${client}`] }),
  ]);
  expect(phone.socket.protocol).toBe("roomcast.v1");
  await desk.ask({ message: "publish", data: "from my desk" });
  const { from } = await phone.next({ type: "message" });
  await phone.ask({ message: "publish", data: "from my phone" });
  expect((await desk.next({ type: "message" })).from.id).toBe(from.id);
  await Promise.all([desk.close(), phone.close()]);
});

test("a connection that ends leaves no row behind", async () => {
  const ann = await roomcast.connect({ room: "ending" });
  await ann.ask({ message: "join", room: "ending-2" });
  const before = (await roomcast.rows("connections")).filter(({ room }) => String(room).startsWith("ending"));
  expect(before).toHaveLength(2);
  await ann.close();
  await expect
    .poll(async () => (await roomcast.rows("connections")).filter(({ room }) => String(room).startsWith("ending")))
    .toEqual([]);
});

test("a message is in the messages table once, until its retention has passed", async () => {
  const ann = await roomcast.connect({ room: "kept" });
  const { id, seq, received } = await ann.ask({ message: "publish", data: ["語", { "": null }] });
  const kept = (await roomcast.rows("messages")).filter(({ room }) => room === "kept");
  const expiresAt = Math.floor(received / 1000) + 30 * 86_400;
  expect(kept).toMatchObject([{ room: "kept", seq, id, data: '["語",{"":null}]', expiresAt }]);
  await ann.close();
});
