import { expect, test } from "vitest";
import { createPace } from "../../../../console/server/overview/pace.ts";
import { manualClock } from "../../../support/manual-clock.ts";

test("a room's messages count for a minute", async () => {
  const clock = manualClock();
  const pace = createPace(clock.now);
  pace.posted({ room: "lobby", received: clock.now() });
  await clock.advance(40_000);
  const last = clock.now();
  pace.posted({ room: "lobby", received: last });
  expect(pace.rooms()).toEqual(new Map([["lobby", { messagesPerMinute: 2, lastMessageAt: last }]]));
  await clock.advance(30_000);
  expect(pace.rooms().get("lobby")).toMatchObject({ messagesPerMinute: 1 });
  await clock.advance(60_000);
  expect(pace.rooms()).toEqual(new Map());
});

test("deliveries a second are those of the last five seconds", async () => {
  const clock = manualClock();
  const pace = createPace(clock.now);
  pace.delivered(40);
  pace.delivered(10);
  expect(pace.deliveriesPerSecond()).toBe(10);
  await clock.advance(5_000);
  expect(pace.deliveriesPerSecond()).toBe(0);
});
