import { expect, test } from "vitest";
import { idleReport } from "../../bench/idle.ts";
import type { RoundSeen } from "../../bench/rooms/crowd-process.ts";

const round = (lastMs: number, arrived = 20): RoundSeen => ({
  rooms: [{ room: "readers", recipients: 20, arrived, ackMs: 5, firstMs: 1, medianMs: lastMs / 2, lastMs }],
  spanMs: lastMs,
  repeats: 0,
});

const run = {
  connections: 100,
  connectsPerSecond: 50,
  before: { heapBytes: 10_000_000, residentBytes: 100_000_000 },
  after: { heapBytes: 10_800_000, residentBytes: 103_000_000 },
  alone: [round(10), round(12), round(14)],
  beside: [round(12), round(13)],
  cutMs: 31_000,
};

test("a connection's memory is what all of them have added, and what does not read harms nobody", () => {
  const { figures, failures } = idleReport({ within: 150 }, run);
  expect(figures.perConnection).toEqual({ heapBytes: 8_000, residentBytes: 30_000 });
  expect(failures).toEqual([]);
});

test.each([
  ["the others wait longer", { beside: [round(19)] }, "who reads waits for one that does not: over 150 % of the time"],
  ["somebody misses a message", { beside: [round(12, 19)] }, "1 deliveries are missing"],
  ["it is not cut", { cutMs: undefined }, "a client that never reads is not cut"],
])("where %s it fails", (_what, wrong, failure) => {
  expect(idleReport({ within: 150 }, { ...run, ...wrong }).failures).toEqual([failure]);
});
