import { expect, test } from "vitest";
import { roomBucket } from "../../../functions/protocol/room-bucket.ts";

const NOW = 1_700_000_000_000;
/** A thousand recipients a second, and two thousand at once. */
const limits = { recipientsPerSecond: 1_000, recipientsBurst: 2_000, messagesPerSecond: 50 };
const bucket = roomBucket(limits);

test("a room of which nothing is known pays for 50 recipients", () => {
  expect(bucket.smallestTurnMs).toBe(50);
  expect(bucket.chargedAs({})).toBe(0);
});

test("at any rate a message takes some time", () => {
  expect(
    roomBucket({ recipientsPerSecond: 1_000_000, recipientsBurst: 1, messagesPerSecond: 1_000 }).smallestTurnMs,
  ).toBe(1);
});

test("however few get a message, it takes as long as its room's rate of messages says", () => {
  const slow = roomBucket({ ...limits, messagesPerSecond: 8 });
  expect(slow.smallestTurnMs).toBe(125);
  expect(slow.chargedAs({ audience: 120, turnMs: 125 })).toBe(120);
  expect(slow.chargedAs({ audience: 130, turnMs: 130 })).toBe(130);
});

test.each([
  ["so many recipients, at this rate", { audience: 150, turnMs: 150 }, 150],
  ["a small room's, which pays for 50", { audience: 3, turnMs: 50 }, 3],
  ["those of another rate", { audience: 150, turnMs: 300 }, 0],
])("what a row was charged as: %s", (_what, row, recipients) => {
  expect(bucket.chargedAs(row)).toBe(recipients);
});

test.each([
  ["as soon as its debt is down to the burst", NOW + 5_000, 3],
  ["in a second at least", NOW + 2_001, 1],
  ["in a second, where somebody has paid meanwhile", NOW, 1],
  ["in a second, where nothing is known", undefined, 1],
])("a room that is too busy says when it takes another message: %s", (_when, busyUntil, seconds) => {
  const refusal = bucket.tooBusy({ busyUntil }, NOW);
  expect(refusal).toMatchObject({ name: "Refusal", code: "RATE_LIMITED" });
  expect(refusal.message).toContain(` in ${seconds} s.`);
});
