import { expect, test } from "vitest";
import { postsOf } from "../../../../console/server/story/posts.ts";
import type { StateEntry } from "../../../../local/record/execution-record.ts";

/** An entry into the state that posts, from 10 to 20, to `a`. */
const post = (more: Partial<StateEntry> = {}): StateEntry => ({
  state: "Post",
  enteredAt: 10,
  endedAt: 20,
  outcome: "succeeded",
  input: { connectionId: "a", connectedAt: 1 },
  output: "delivered",
  failures: [],
  ...more,
});
const of = (...entries: StateEntry[]) => postsOf({ entries, endedAt: 99 });

test.each(["delivered", "gone"] as const)("a post that ended well is %s", (outcome) => {
  expect(of(post({ output: outcome }))).toEqual([{ connectionId: "a", at: 20, outcome }]);
});

test("a post that failed says by which error, and when", () => {
  const failed = { outcome: "caught", failures: [{ at: 18, error: "PostTimeout" }] } as const;
  expect(of(post(failed))).toEqual([{ connectionId: "a", at: 18, error: "PostTimeout" }]);
});

test("each try is a post: those that failed, and the one that did not", () => {
  expect(of(post({ failures: [{ at: 12, error: "PostTimeout" }] }))).toEqual([
    { connectionId: "a", at: 12, error: "PostTimeout" },
    { connectionId: "a", at: 20, outcome: "delivered" },
  ]);
});

test("of a post that its execution broke off nobody knows how it ended, only until when", () => {
  expect(of(post({ outcome: "broken off", endedAt: undefined }))).toEqual([{ connectionId: "a", at: 99 }]);
});

test("other states post to nobody", () => {
  expect(of(post({ state: "Query a page" }), post({ input: "cut…" }))).toEqual([]);
});
