import fc from "fast-check";
import { expect, test } from "vitest";
import type { Author } from "../../../functions/protocol/answers.ts";
import { addressesOf, afterChange, changeOf, peopleOf, versionAfter } from "../../../functions/protocol/roster.ts";

const person = (id: string): Author => ({ id, name: `${id}'s name` });
const people = (...ids: string[]) => ids.map(person);
const connection = (connectionId: string, memberId: string) => ({
  connectionId,
  connectedAt: 1_700_000_000_000,
  memberId,
  name: `${memberId}'s name`,
});

test("somebody with several connections is there once", () => {
  const connections = [connection("desk=", "ann"), connection("home=", "bob"), connection("phone=", "ann")];
  expect(peopleOf(connections)).toEqual(people("ann", "bob"));
});

test("who is new has joined, who is missing has left, and whoever has only another name has done neither", () => {
  const present = [{ id: "bob", name: "Robert" }, person("carl")];
  const change = changeOf(people("ann", "bob"), present);
  expect(change).toEqual({ joined: people("carl"), left: people("ann"), count: 2 });
});

test.each([[[]], [["ann", "bob"]]])("there is nothing to tell of a room that is still %j", (ids) => {
  expect(changeOf(people(...ids), people(...ids.toReversed()))).toBeUndefined();
});

test("typing is posted to everybody's connections but the typist's own, all else to all", () => {
  const connections = [connection("desk=", "ann"), connection("home=", "bob"), connection("phone=", "ann")];
  const connectedAt = 1_700_000_000_000;
  expect(addressesOf(connections, "ann")).toEqual([{ connectionId: "home=", connectedAt }]);
  expect(addressesOf(connections)).toHaveLength(3);
});

test.each([
  ["the first is the time", 0, 1_700_000_000_000, 1_700_000_000_000],
  ["a later one is the time too", 1_700_000_000_000, 1_700_000_000_900, 1_700_000_000_900],
  ["two within a millisecond differ", 1_700_000_000_000, 1_700_000_000_000, 1_700_000_000_001],
  ["one by a clock that is behind is higher all the same", 1_700_000_000_000, 1_699_999_999_000, 1_700_000_000_001],
])("versions grow: %s", (_which, before, now, version) => {
  expect(versionAfter(before, now)).toBe(version);
});

const someone = fc.record({ id: fc.string({ maxLength: 255 }), name: fc.string({ maxLength: 64, unit: "binary" }) });
const room = fc.uniqueArray(someone, { maxLength: 100, selector: ({ id }) => id });

test("look by look, whatever the names are, all changes are told once, each frame within 32 KB", () => {
  fc.assert(
    fc.property(room, room, (before, present) => {
      const [joined, left]: [Author[], Author[]] = [[], []];
      let announced: readonly Author[] = before;
      for (let change = changeOf(announced, present); change; change = changeOf(announced, present)) {
        const frame = { type: "presence", room: "r".repeat(128), ...change, version: Number.MAX_SAFE_INTEGER };
        expect(Buffer.byteLength(JSON.stringify(frame))).toBeLessThanOrEqual(32 * 1024);
        joined.push(...change.joined);
        left.push(...change.left);
        announced = afterChange(announced, change);
      }
      const ids = (all: readonly Author[]) => all.map(({ id }) => id).sort();
      const [was, is] = [ids(before), ids(present)];
      expect(ids(announced)).toEqual(is);
      expect(ids(joined)).toEqual(is.filter((id) => !was.includes(id)));
      expect(ids(left)).toEqual(was.filter((id) => !is.includes(id)));
    }),
  );
});
