import { expect, test } from "vitest";
import { arrivalsOf, matching, tally } from "../../../../console/page/message/outcomes.ts";
import { recipient, story, THEN } from "../fixture/messages.ts";

const five = [
  recipient(1, { at: THEN + 100 }),
  recipient(2, { at: THEN + 200, tries: 3, error: "PostTimeout" }),
  recipient(3, { at: THEN + 300, outcome: "gone" }),
  recipient(4, { at: THEN + 1_000, outcome: "failed", tries: 6, error: "LimitExceededException" }),
  recipient(5, { at: THEN, outcome: "waiting", tries: 0 }),
];

test("recipients are counted by how it came out", () => {
  expect(tally(five)).toEqual({ delivered: 2, gone: 1, failed: 1, waiting: 1 });
});

test.each([
  ["all", "", five],
  ["delivered", "", [five[0], five[1]]],
  ["retried", "", [five[1], five[3]]],
  ["all", " limit", [five[3]]],
  ["delivered", five[0]!.connectionId.toUpperCase(), [five[0]]],
  ["gone", "timeout", []],
] as const)("of %s, those with %o", (outcome, text, found) => {
  expect(matching(five, { outcome, text })).toEqual(found);
});

test("deliveries are counted along the time, and what came out otherwise above them", () => {
  expect(arrivalsOf(story(five), 4)).toEqual({
    steps: [
      { delivered: 2, others: 0 },
      { delivered: 0, others: 1 },
      { delivered: 0, others: 0 },
      { delivered: 0, others: 1 },
    ],
    spanMs: 1_000,
    half: 100,
    most: 200,
    last: 200,
  });
});

test("where nobody got it there is nothing to draw", () => {
  expect(arrivalsOf(story([five[3]!, five[4]!]), 4)).toBeUndefined();
});

test("ten thousand at the same moment are one step", () => {
  const all = Array.from({ length: 10_000 }, (_, n) => recipient(n, { at: THEN }));
  expect(arrivalsOf(story(all), 2)).toMatchObject({ steps: [{ delivered: 10_000 }, { delivered: 0 }], last: 0 });
});
