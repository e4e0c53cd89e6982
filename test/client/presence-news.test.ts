import { expect, test } from "vitest";
import { createPresenceNews } from "../../client/presence-news.ts";

const person = (name: string) => ({ id: `guest-${name}`, name });
const people = (names: string) => names.split(" ").filter(Boolean).map(person);
const frame = (version: number, joined: string, left: string, count: number) =>
  ({ type: "presence", room: "lobby", version, joined: people(joined), left: people(left), count }) as const;
const news = (joined: string, left: string, count: number) => ({
  room: "lobby",
  joined: people(joined),
  left: people(left),
  count,
});

test("a late joined of somebody who is known to have left is no news, the rest of that frame is", () => {
  const newsOf = createPresenceNews();
  expect(newsOf(frame(1, "ann", "", 1))).toEqual(news("ann", "", 1));
  expect(newsOf(frame(3, "dora", "bob", 3))).toEqual(news("dora", "bob", 3));
  expect(newsOf(frame(2, "bob carl", "", 3))).toEqual(news("carl", "", 3));
});

test("the count is that of the newest frame, whichever comes last", () => {
  const newsOf = createPresenceNews();
  expect(newsOf(frame(9, "dora", "", 11))).toEqual(news("dora", "", 11));
  expect(newsOf(frame(8, "carl", "", 7))).toEqual(news("carl", "", 11));
  expect(newsOf(frame(10, "", "dora", 10))).toEqual(news("", "dora", 10));
});

test("a frame that comes twice, or whose people have all been told of since, is no news", () => {
  const newsOf = createPresenceNews();
  newsOf(frame(5, "ann", "bob", 1));
  expect(newsOf(frame(5, "ann", "bob", 1))).toBeUndefined();
  expect(newsOf(frame(4, "bob", "ann", 1))).toBeUndefined();
});

test("who comes and goes is told each time", () => {
  const newsOf = createPresenceNews();
  expect(newsOf(frame(1, "ann bob", "", 2))).toEqual(news("ann bob", "", 2));
  expect(newsOf(frame(2, "", "bob", 1))).toEqual(news("", "bob", 1));
  expect(newsOf(frame(3, "bob", "", 2))).toEqual(news("bob", "", 2));
});

test("of thousands only the last thousand are remembered", () => {
  const newsOf = createPresenceNews();
  newsOf(frame(2, "", "ann", 0));
  newsOf(frame(3, "", "bob", 0));
  for (let n = 1; n <= 998; n++) newsOf(frame(3 + n, `guest${n}`, "", n));
  expect(newsOf(frame(1, "ann bob", "", 2))).toBeUndefined();
  newsOf(frame(5_000, "", "bob zoe", 998));
  expect(newsOf(frame(1, "ann bob", "", 2))).toEqual(news("ann", "", 998));
});
