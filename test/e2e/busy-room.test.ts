import { afterAll, beforeAll, expect, test } from "vitest";
import { slotOf } from "../../functions/protocol/slot.ts";
import { startRoomcast, type Template } from "../support/roomcast.ts";
import { withoutPresence } from "../support/without-presence.ts";

/** A room of up to 50 may then publish once a second, and once more at once. */
const withSmallBuckets = ({ Resources }: Template): void => {
  for (const { Properties } of Object.values(Resources)) {
    const variables = Properties.Environment?.Variables;
    if (variables?.ROOM_RECIPIENTS_PER_SECOND)
      Object.assign(variables, { ROOM_RECIPIENTS_PER_SECOND: "50", ROOM_RECIPIENTS_BURST: "50" });
  }
};

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
beforeAll(async () => {
  roomcast = await startRoomcast({
    change: (template) => {
      withSmallBuckets(template);
      // Presence would find the connections that are gone before a message does.
      withoutPresence(template);
    },
  });
});
afterAll(() => roomcast.stop());

/** A connection whose end nobody has told: it is a recipient like any other. */
const goneFrom = (room: string, index: number) => {
  const connectionId = `${"A".repeat(12)}${String(index).padStart(3, "0")}=`;
  const member = { memberId: "ghost", name: "ghost" };
  return { connectionId, room, slot: slotOf(connectionId), connectedAt: 0, expiresAt: 4e9, ...member };
};

const rowOf = async (name: string) => (await roomcast.rows("rooms")).find(({ room }) => room === name);

test("a room that owes too much is refused by name, one beside it is served, and what was refused goes through later, once", async () => {
  const [ann, bob, carl] = await Promise.all([
    roomcast.connect({ room: "busy" }),
    roomcast.connect({ room: "busy" }),
    roomcast.connect({ room: "quiet" }),
  ]);
  await roomcast.putRows("rooms", { room: "busy", epoch: "epoch", seq: 0, audience: 200, turnMs: 4_000 });
  const publish = (data: string, ref: string) => {
    ann.send({ message: "publish", room: "busy", data, ref });
    return ann.next({ ref });
  };
  expect(await publish("first", "r1")).toMatchObject({ type: "ack", seq: 1 });
  const reason = expect.stringMatching(/in [1-3] s\./);
  expect(await publish("second", "r2")).toEqual({ type: "error", code: "RATE_LIMITED", reason, ref: "r2" });
  expect(await publish("first", "r1")).toMatchObject({ type: "ack", seq: 1 });
  expect(await carl.ask({ message: "publish", data: "here it is quiet" })).toMatchObject({ type: "ack", seq: 1 });

  await expect.poll(() => publish("second", "r2")).toMatchObject({ type: "ack", seq: 2 });
  expect(await publish("second", "r2")).toMatchObject({ type: "ack", seq: 2 });
  await bob.next({ seq: 2, data: "second" });
  const { messages, skipped } = await bob.ask({ message: "history", room: "busy", after: 0 });
  expect(messages.map(({ data }: { data: string }) => data)).toEqual(["first", "second"]);
  expect(skipped).toEqual([]);
  await Promise.all([ann, bob, carl].map((member) => member.close()));
});

test("a message is charged as many recipients as the fan-out of the one before has counted", async () => {
  const room = "grown";
  const ann = await roomcast.connect({ room });
  await roomcast.putRows("connections", ...Array.from({ length: 110 }, (_, index) => goneFrom(room, index)));
  await ann.ask({ message: "publish", room, data: "how many are we?" });
  await expect.poll(() => rowOf(room), { timeout: 40_000 }).toMatchObject({ audience: 110 });
  const { turnMs } = (await rowOf(room))!;
  expect(turnMs).toBe(22);
  const paid = async () => Number((await rowOf(room))!.busyUntil) <= Date.now();
  await expect.poll(paid).toBe(true);
  const { received } = await ann.ask({ message: "publish", room, data: "so many" });
  expect((await rowOf(room))!.busyUntil).toBe(received + turnMs);
  await ann.close();
});
