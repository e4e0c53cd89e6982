import { afterAll, beforeAll, expect, test } from "vitest";
import { startHeldDynamoDb } from "../support/held-dynamodb.ts";
import { startRoomcast } from "../support/roomcast.ts";

let dynamodb: Awaited<ReturnType<typeof startHeldDynamoDb>>;
let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
beforeAll(async () => {
  dynamodb = await startHeldDynamoDb();
  roomcast = await startRoomcast({ dynamodb: dynamodb.endpoint });
});
afterAll(async () => {
  await roomcast.stop();
  await dynamodb.stop();
});

const room = "slow";

test.each([
  ["without a ref", {}],
  ["with a ref", { ref: "slow" }],
])(
  "a publisher that saves after a reader has passed its number takes another, and nobody misses it: %s",
  async (_ref, ref) => {
    const name = `${room} ${Object.keys(ref).length}`;
    const [ann, bob, carl] = await Promise.all(["ann", "bob", "carl"].map(() => roomcast.connect({ room: name })));
    const held = dynamodb.hold("PutItem", `saved late ${name}`);
    ann!.send({ message: "publish", room: name, data: `saved late ${name}`, ...ref });
    await held.arrived;
    expect(await bob!.ask({ message: "publish", room: name, data: "fast" })).toMatchObject({ type: "ack", seq: 2 });

    const passed = await carl!.ask({ message: "history", room: name, after: 0 });
    expect(passed).toMatchObject({ messages: [{ seq: 2, data: "fast" }], skipped: [1], head: 2 });
    held.release();
    const { seq } = await ann!.next({ type: "ack" });
    expect(seq).toBe(3);

    expect(await carl!.next({ seq: 3 })).toMatchObject({ type: "message", data: `saved late ${name}` });
    const later = await carl!.ask({ message: "history", room: name, after: 2 });
    expect(later).toMatchObject({ messages: [{ seq: 3, data: `saved late ${name}` }], skipped: [] });
    expect((await carl!.ask({ message: "history", room: name, after: 0 })).skipped).toEqual([1]);
    await Promise.all([ann, bob, carl].map((member) => member!.close()));
  },
);

test("a number that is saved while a reader is about to seal it is read, not sealed", async () => {
  const [ann, carl] = await Promise.all([roomcast.connect({ room }), roomcast.connect({ room })]);
  const held = dynamodb.hold("PutItem", "just in time");
  ann.send({ message: "publish", room, data: "just in time" });
  await held.arrived;
  const sealing = dynamodb.hold("PutItem", "sealed");
  carl.send({ message: "history", room, after: 0, ref: "h" });
  await sealing.arrived;
  held.release();
  await ann.next({ type: "ack" });
  sealing.release();
  expect(await carl.next({ ref: "h" })).toMatchObject({ messages: [{ seq: 1, data: "just in time" }], skipped: [] });
  await Promise.all([ann.close(), carl.close()]);
});
