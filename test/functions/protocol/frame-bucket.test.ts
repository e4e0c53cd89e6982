import { expect, test } from "vitest";
import { admitFrame, type Sent } from "../../../functions/protocol/frame-bucket.ts";

const START = 1_700_000_000_000;
/** Two frames a second, and five at once. */
const limits = { framesPerSecond: 2, framesBurst: 5 };

/** The fates of frames that come at these moments, in milliseconds from the start, and what says when to go on. */
const fates = (...moments: readonly number[]) => {
  let sent: Sent = { takenUntil: 0, refusedUntil: 0 };
  return moments.map((moment) => {
    const [fate, after] = admitFrame(limits, sent, START + moment);
    sent = after;
    return fate.fate === "refused" ? `in ${fate.seconds} s` : fate.fate;
  });
};

const atOnce = (count: number, moment = 0) => Array<number>(count).fill(moment);
const every = (milliseconds: number, count: number) =>
  Array.from({ length: count }, (_, index) => index * milliseconds);

test("a burst is taken, and what comes above it is told when to go on", () => {
  expect(fates(...atOnce(6))).toEqual(["taken", "taken", "taken", "taken", "taken", "in 1 s"]);
});

test("who waits as long as that is taken again", () => {
  expect(fates(...atOnce(6), 1_000).at(-1)).toBe("taken");
});

test("frames at the rate are taken for ever", () => {
  expect(new Set(fates(...every(500, 1_000)))).toEqual(new Set(["taken"]));
});

test("of frames that come somewhat too fast those are refused that are too many, and nobody is ended", () => {
  const seen = Map.groupBy(fates(...every(300, 1_000)), (fate) => fate);
  expect([...seen.keys()].sort()).toEqual(["in 1 s", "taken"]);
  // 300 s at two a second, and the burst.
  expect(seen.get("taken")).toHaveLength(604);
});

test("who goes on is flooding after as many refusals as a burst has, and again after as many more", () => {
  const seen = fates(...atOnce(17));
  expect(seen.map((fate, index) => (fate === "flooded" ? index + 1 : 0)).filter(Boolean)).toEqual([11, 17]);
});
