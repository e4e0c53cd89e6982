import { expect, test } from "vitest";
import { type Entry, merged, messageEntry, missedEntry, trimmed } from "../../../../client/page/state/timeline.ts";

const said = (...numbers: number[]): Entry[] =>
  numbers.map((seq) =>
    messageEntry({ id: `id-${seq}`, seq, from: { id: "guest-bob", name: "bob" }, data: seq, received: seq }),
  );
const numbers = (entries: readonly Entry[]) => entries.map(({ seq }) => seq);

test.each([
  ["newer ones", [1, 2], [3, 4], [1, 2, 3, 4]],
  ["older ones", [3, 4], [1, 2], [1, 2, 3, 4]],
  ["ones in between", [1, 5], [2, 4], [1, 2, 4, 5]],
  ["ones that are there already", [1, 2, 3], [2, 3, 4], [1, 2, 3, 4]],
  ["the first ones", [], [1], [1]],
  ["none", [1], [], [1]],
])("%s take their places", (_which, known, fresh, all) => {
  expect(numbers(merged(said(...known), said(...fresh)))).toEqual(all);
});

test("numbers that are gone stand where they would be", () => {
  const gone = missedEntry({ room: "lobby", from: 2, to: 4, reason: "retention" });
  expect(merged(said(1, 5), [gone]).map(({ kind }) => kind)).toEqual(["message", "missed", "message"]);
});

test.each([
  ["12,000 while somebody sees the newest", 12_000, true],
  ["40,000 while somebody may read far above", 40_000, false],
])("the newest 10,000 are kept when there are more than %s", (_how, most, isWatched) => {
  const all = said(...Array.from({ length: most + 1 }, (_, index) => index + 1));
  expect(trimmed(all.slice(1), isWatched)).toHaveLength(most);
  const kept = numbers(trimmed(all, isWatched));
  expect([kept.length, kept.at(-1)]).toEqual([10_000, most + 1]);
});
