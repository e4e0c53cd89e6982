import { expect, test } from "vitest";
import { abuseReport } from "../../bench/abuse.ts";
import type { RoundSeen } from "../../bench/rooms/crowd-process.ts";

const round = (lastMs: number, arrived = 10): RoundSeen => ({
  rooms: [{ room: "third", recipients: 10, arrived, ackMs: 5, firstMs: 1, medianMs: lastMs / 2, lastMs }],
  spanMs: lastMs,
  repeats: 0,
});

const asked = { seconds: 5, abusers: 1, rate: 200, seed: 1, within: 3 };
const abused = {
  framesSent: 900,
  acked: 100,
  rateLimited: 700,
  tooMany: 0,
  otherAnswers: 50,
  cut: 4,
  refused: 0,
  intruded: 0,
};
const run = { alone: [round(20)], beside: [round(50)], after: [round(20)], abused };

test("a third room that is three times as slow at most, and misses nothing, has not noticed", () => {
  const { figures, failures } = abuseReport(asked, run);
  expect(figures).toMatchObject({ slower: 2.5, abused });
  expect(failures).toEqual([]);
});

test.each([
  ["it waits longer", { beside: [round(64)] }, "the third room waits 3.2 times as long as alone, over 3"],
  ["it misses a message", { beside: [round(50, 9)] }, "1 deliveries are missing in the third room"],
  ["a stranger gets in", { abused: { ...abused, intruded: 2 } }, "2 frames of strangers were taken in the third room"],
  ["nobody abuses anything", { abused: { ...abused, framesSent: 0 } }, "there was no abuse"],
])("where %s it fails", (_what, wrong, failure) => {
  expect(abuseReport(asked, { ...run, ...wrong }).failures).toEqual([failure]);
});
