import { expect, test } from "vitest";
import { type Post, recipientsOf } from "../../../../console/server/story/recipients.ts";

const delivered = (connectionId: string, at: number): Post => ({ connectionId, at, outcome: "delivered" });
const throttled = (connectionId: string, at: number): Post => ({ connectionId, at, error: "LimitExceededException" });

test("each connection has a row, in the order in which they were reached", () => {
  expect(recipientsOf([delivered("b", 20), delivered("a", 10)], true)).toEqual([
    { connectionId: "a", outcome: "delivered", at: 10, tries: 1 },
    { connectionId: "b", outcome: "delivered", at: 20, tries: 1 },
  ]);
});

test("who was throttled and then reached has got it, and says in how many tries", () => {
  expect(recipientsOf([throttled("a", 10), throttled("a", 20), delivered("a", 30)], true)).toEqual([
    { connectionId: "a", outcome: "delivered", at: 30, tries: 3, error: "LimitExceededException" },
  ]);
});

test("who was reached stays reached, though a round that came again could not post", () => {
  expect(recipientsOf([delivered("a", 10), throttled("a", 20)], true)).toMatchObject([
    { outcome: "delivered", at: 10, tries: 2 },
  ]);
});

test.each([
  ["is waiting as long as more may come", false, "waiting"],
  ["has failed once nothing more will be tried", true, "failed"],
])("who was not reached %s", (_what, settled, outcome) => {
  expect(recipientsOf([throttled("a", 10)], settled)).toMatchObject([{ outcome, error: "LimitExceededException" }]);
});

test("who is gone was not delivered to", () => {
  expect(recipientsOf([{ connectionId: "a", at: 10, outcome: "gone" }], true)).toMatchObject([{ outcome: "gone" }]);
});
