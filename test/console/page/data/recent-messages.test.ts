import { expect, test } from "vitest";
import { merged } from "../../../../console/page/data/recent-messages.ts";
import { running, summary } from "../fixture/messages.ts";

test("a message that is heard of again takes the place of what was known of it", () => {
  expect(merged([running(2), summary(1)], [summary(2)], 10)).toEqual([summary(2), summary(1)]);
});

test("the newest stand first, and the oldest make room", () => {
  const ids = merged([summary(3), summary(1)], [summary(4), summary(2)], 3).map(({ seq }) => seq);
  expect(ids).toEqual([4, 3, 2]);
});
