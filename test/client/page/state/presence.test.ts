import { expect, test } from "vitest";
import { peopleIn, stillTyping, withNews, withTypist } from "../../../../client/page/state/presence.ts";

const person = (name: string, id = `guest-${name}`) => ({ id, name });
const names = (people: { known: readonly { name: string }[] }) => people.known.map(({ name }) => name);

test("who comes and goes changes the list, which is by name", () => {
  const before = peopleIn({ count: 2, members: [person("carl"), person("ann")] });
  const after = withNews(before, { room: "lobby", joined: [person("bob")], left: [person("carl")], count: 2 });
  expect(names(after)).toEqual(["ann", "bob"]);
  expect(after.count).toBe(2);
});

test("somebody who comes under another name is the same person", () => {
  const before = peopleIn({ count: 1, members: [person("ann", "guest-1")] });
  const news = { room: "lobby", joined: [person("anna", "guest-1")], left: [], count: 1 };
  expect(names(withNews(before, news))).toEqual(["anna"]);
});

test("typing is believed for six seconds, or until the message is there", () => {
  const typists = withTypist(withTypist([], person("ann"), 0), person("bob"), 3_000);
  const ids = (now: number, said: string[] = []) =>
    stillTyping(typists, now, new Set(said)).map(({ from }) => from.name);
  expect(ids(5_999)).toEqual(["ann", "bob"]);
  expect(ids(6_000)).toEqual(["bob"]);
  expect(ids(4_000, ["guest-bob"])).toEqual(["ann"]);
  expect(withTypist(typists, person("ann"), 5_000)).toHaveLength(2);
});
