import { expect, test } from "vitest";
import {
  customEventsOf,
  expressGbSecondsOf,
  lambdaGbSecondsOf,
  readUnitsOf,
  webSocketMessagesOf,
  writeUnitsOf,
} from "../../../bench/model/usage.ts";

const KB = 1024;

test.each<[string, number, number]>([
  ["a frame of 1 byte", webSocketMessagesOf(1), 1],
  ["a frame of 32 KB", webSocketMessagesOf(32 * KB), 1],
  ["a frame of a byte more", webSocketMessagesOf(32 * KB + 1), 2],
  ["an event of 65 KB", customEventsOf(65 * KB), 2],
  ["a row of 1 KB", writeUnitsOf(KB), 1],
  ["a row of 1,025 bytes", writeUnitsOf(KB + 1), 2],
  ["a row that is not there, read with strong consistency", readUnitsOf(0, "strong"), 1],
  ["9 KB, eventually consistent", readUnitsOf(9 * KB, "eventual"), 1.5],
  ["8 s at 128 MB", lambdaGbSecondsOf(8000, 128), 1],
  ["a tenth of a millisecond at 1 GB", lambdaGbSecondsOf(0.1, 1024), 0.001],
])("%s is %d units", (_what, units, expected) => {
  expect(units).toBeCloseTo(expected);
});

const execution = { durationMs: 1000, definitionBytes: 50 * KB, iterations: 400, bytesOfAnIteration: 32 * KB };
test.each([
  ["AWS's own example has 64 MB", execution, 0.0625],
  ["an execution of 1 ms pays for 100", { ...execution, durationMs: 1 }, 0.00625],
  ["twice the iterations have 128 MB", { ...execution, iterations: 800 }, 0.125],
])("%s", (_what, used, gbSeconds) => {
  expect(expressGbSecondsOf(used)).toBeCloseTo(gbSeconds, 6);
});
