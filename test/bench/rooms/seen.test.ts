import { expect, test } from "vitest";
import type { RoomSeen } from "../../../bench/rooms/crowd-process.ts";
import { summarize } from "../../../bench/rooms/seen.ts";

const seen = (lastMs: number, fields: Partial<RoomSeen> = {}): RoomSeen => ({
  room: `after ${lastMs}`,
  recipients: 4,
  arrived: 4,
  ackMs: 5,
  firstMs: 10,
  medianMs: 20,
  lastMs,
  ...fields,
});

test("deliveries a second are all deliveries over the time of all rounds", () => {
  const rounds = [
    { rooms: [seen(400), seen(500)], spanMs: 1_500, repeats: 0 },
    { rooms: [seen(300), seen(200)], spanMs: 500, repeats: 0 },
  ];
  expect(summarize(rounds)).toMatchObject({ deliveries: 16, missing: 0, deliveriesPerSecond: 8 });
});

test("the slowest room shows, however many are quick", () => {
  const rooms = [...Array.from({ length: 99 }, () => seen(100)), seen(9_000)];
  expect(summarize([{ rooms, spanMs: 9_000, repeats: 0 }]).lastMs).toEqual({ median: 100, p99: 100, most: 9_000 });
});

test("a room of which nobody got the message counts as missing, and not as quick", () => {
  const lost = seen(Number.NaN, { arrived: 0, firstMs: Number.NaN, medianMs: Number.NaN });
  const summary = summarize([{ rooms: [seen(100), lost], spanMs: 100, repeats: 2 }]);
  expect(summary).toMatchObject({ deliveries: 4, missing: 4, repeats: 2, lastMs: { most: 100 } });
});
