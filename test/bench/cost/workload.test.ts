import { expect, test } from "vitest";
import { readWorkload } from "../../../bench/cost/workload.ts";

test("what is not said is one room, 256 bytes, and the client's own pings", () => {
  expect(readWorkload(["--members", "10000", "--messages-per-day", "50000"])).toEqual({
    members: 10_000,
    messagesPerDay: 50_000,
    rooms: 1,
    dataBytes: 256,
    pingSeconds: 120,
  });
});

test.each([
  ["--members 10", "--messages-per-day is needed, a whole number from 1"],
  ["--members ten --messages-per-day 1", '--members is a whole number from 1, not "ten"'],
  ["--members 10 --messages-per-day 0.5", '--messages-per-day is a whole number from 1, not "0.5"'],
  ["--members 10 --messages-per-day 1 --rooms 6", "--rooms is at most half of --members, 5: a room has 2 or more"],
  ["--members 1 --messages-per-day 1", "--members is at least 2: a room has 2 or more"],
  ["--members 10 --messages-per-day 1 --data-bytes 28673", "--data-bytes is at most 28672, not 28673"],
  ["--members 10 --messages-per-day 1 --ping-seconds 601", "--ping-seconds is at most 600, not 601"],
  ["--member 10", "Unknown option '--member'"],
])("%s: %s", (line, message) => {
  expect(() => readWorkload(line.split(" "))).toThrow(message);
});
