import { expect, test } from "vitest";
import { isLookDue, type Pace, typedAfter } from "../../../functions/protocol/pace.ts";

const NOW = 1_700_000_000_000;

test.each<[string, Pace, boolean]>([
  ["nothing is known of", {}, true],
  ["will be looked at in a moment", { lookAt: NOW + 1 }, false],
  ["is looked at now", { lookAt: NOW }, true],
  ["is too large", { lookAt: NOW - 5_000, crowdedUntil: NOW + 1 }, false],
  ["was too large until now", { crowdedUntil: NOW }, true],
])("a room that %s: whether a change has it looked at", (_what, pace, due) => {
  expect(isLookDue(pace, NOW)).toBe(due);
});

test.each<[string, Pace]>([
  ["the room was told of somebody less than a second ago", { typed: [{ id: "bob", at: NOW - 999 }] }],
  ["the room was told of the same person less than three seconds ago", { typed: [{ id: "ann", at: NOW - 2_999 }] }],
  ["the room is too large", { crowdedUntil: NOW + 1 }],
])("nobody is told that ann types when %s", (_when, pace) => {
  expect(typedAfter(pace, "ann", NOW)).toBeUndefined();
});

test("what is kept of typing is what counts for the next three seconds: three people at most", () => {
  let pace: Pace = {};
  const told: string[] = [];
  for (let ms = 0; ms < 10_000; ms += 100)
    for (const id of ["ann", "bob", "carl", "dora", "eve"]) {
      const typed = typedAfter(pace, id, NOW + ms);
      if (!typed) continue;
      expect(typed.length).toBeLessThanOrEqual(3);
      pace = { typed };
      told.push(id);
    }
  expect(told).toEqual(["ann", "bob", "carl", "ann", "bob", "carl", "ann", "bob", "carl", "ann"]);
});
