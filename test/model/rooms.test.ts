import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Refusal } from "../../functions/protocol/refusal.ts";
import { type RoomLimits, roomBucket } from "../../functions/protocol/room-bucket.ts";
import { createRooms } from "./rooms.ts";

const NOW = Date.UTC(2026, 0, 1);
const room = "lobby";

/** Somebody who publishes, some time after whoever did so before, in a room that the last fan-out found so large. */
interface Publish {
  readonly after: number;
  readonly audience: number;
}

const limits = fc.record<RoomLimits>({
  recipientsPerSecond: fc.integer({ min: 1, max: 10_000 }),
  recipientsBurst: fc.integer({ min: 1, max: 50_000 }),
  messagesPerSecond: fc.integer({ min: 1, max: 1_000 }),
});
const publishes = fc.array(
  fc.record<Publish>({
    after: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 0, max: 60_000 })),
    audience: fc.oneof(fc.integer({ min: 50, max: 300 }), fc.integer({ min: 50, max: 1_000_000 })),
  }),
  { size: "max", maxLength: 60 },
);

/** What a message to so many takes out of a room's bucket, as the fan-out's machine reckons it. */
const turnMsOf = ({ recipientsPerSecond, messagesPerSecond }: RoomLimits, audience: number) =>
  Math.ceil(Math.max((audience * 1_000) / recipientsPerSecond, 1_000 / messagesPerSecond));

/** A room in memory, which `tables.test.ts` holds to what the room in DynamoDB does. */
const roomWith = (limits: RoomLimits) => {
  const rooms = createRooms({ newEpoch: () => "epoch", bucket: roomBucket(limits) });
  const { takeNumber } = rooms.verbs(async (_verb, effect) => effect());
  return {
    isAs: (audience: number) => rooms.keepAudience(room, { audience, turnMs: turnMsOf(limits, audience) }),
    /** @returns undefined where the message was taken */
    publish: (now: number): Promise<Refusal | undefined> =>
      takeNumber(room, now).then(
        () => undefined,
        (refusal) => refusal,
      ),
  };
};

test("in no span of time are more recipients taken on than the rate, the burst and one message allow", async () => {
  const property = fc.asyncProperty(limits, publishes, async (limits, story) => {
    const { isAs, publish } = roomWith(limits);
    const taken: { at: number; audience: number }[] = [];
    let at = NOW;
    for (const { after, audience } of story) {
      at += after;
      isAs(audience);
      if (!(await publish(at))) taken.push({ at, audience });
    }
    for (const [first, { at: from }] of taken.entries()) {
      let recipients = 0;
      for (const { at: to, audience } of taken.slice(first)) {
        const earned = ((to - from) * limits.recipientsPerSecond) / 1_000;
        expect(recipients).toBeLessThanOrEqual(earned + limits.recipientsBurst);
        recipients += audience;
      }
    }
  });
  await fc.assert(property);
});

test("in no span of time are more messages taken than their rate and the burst's time allow", async () => {
  const property = fc.asyncProperty(limits, publishes, async (limits, story) => {
    const { isAs, publish } = roomWith(limits);
    const burstMs = (limits.recipientsBurst * 1_000) / limits.recipientsPerSecond;
    const taken: number[] = [];
    let at = NOW;
    for (const { after, audience } of story) {
      at += after;
      isAs(audience);
      if (!(await publish(at))) taken.push(at);
    }
    for (const [first, from] of taken.entries())
      for (const [later, to] of taken.slice(first).entries())
        expect((later * 1_000) / limits.messagesPerSecond).toBeLessThanOrEqual(to - from + burstMs);
  });
  await fc.assert(property);
});

test("a room that owes nothing is served, however large it is", async () => {
  const property = fc.asyncProperty(limits, fc.integer({ min: 50, max: 1_000_000 }), async (limits, audience) => {
    const { isAs, publish } = roomWith(limits);
    isAs(audience);
    expect(await publish(NOW)).toBeUndefined();
    const paid = NOW + turnMsOf(limits, audience);
    expect(await publish(paid)).toBeUndefined();
  });
  await fc.assert(property);
});

test("who is refused and comes back when it was told to is served", async () => {
  const property = fc.asyncProperty(limits, publishes, async (limits, story) => {
    const { isAs, publish } = roomWith(limits);
    let at = NOW;
    for (const { after, audience } of story) {
      at += after;
      isAs(audience);
      const refusal = await publish(at);
      if (!refusal) continue;
      at += 1_000 * Number(/ in (\d+) s\./.exec(refusal.message)![1]);
      expect(await publish(at)).toBeUndefined();
    }
  });
  await fc.assert(property);
});
