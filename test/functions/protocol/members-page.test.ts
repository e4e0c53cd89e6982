import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import { AfterPage, COUNTED, countOf, MAX_NAMES, namesOf, textOf } from "../../../functions/protocol/members-page.ts";
import { slotOf } from "../../../functions/protocol/slot.ts";

/** A room's connections in the order of the index. @param owner whose each is */
const roomOf = (size: number, owner = (index: number) => `guest-${index}`, name = "Guest") =>
  Array.from({ length: size }, (_, index) => {
    const connectionId = `connection-${index}`;
    return { connectionId, connectedAt: 0, memberId: owner(index), name, slot: slotOf(connectionId) };
  }).sort((one, other) => (one.slot < other.slot ? -1 : 1));

test("up to 1,000 connections people are counted, each once", () => {
  expect(
    countOf(
      roomOf(COUNTED, (index) => `guest-${index % 700}`),
      undefined,
    ),
  ).toBe(700);
});

test.each([1_001, 5_000, 40_000, 120_000])(
  "of %i the first 1,000 tell how many there are, give or take 15 percent",
  (size) => {
    const connections = roomOf(size).slice(0, COUNTED);
    const count = countOf(connections, connections.at(-1)?.slot);
    expect(Math.abs(count / size - 1)).toBeLessThan(0.15);
    expect(String(count)).toMatch(/^\d\d0*$/);
  },
);

test("page by page everybody is named, and nobody twice in a page", () => {
  const all = roomOf(250, (index) => `guest-${index % 200}`);
  const named = new Set<string>();
  let rest = all;
  for (let pages = 1; ; pages++) {
    const { members, next } = namesOf(rest, undefined);
    expect(members.length).toBeLessThanOrEqual(MAX_NAMES);
    expect(new Set(members.map(({ id }) => id)).size).toBe(members.length);
    for (const { id } of members) named.add(id);
    if (next === undefined) break;
    rest = rest.filter(({ slot }) => slot > next);
    expect(pages).toBeLessThan(10);
  }
  expect(named.size).toBe(200);
});

test("a page of long names is shorter, and within 32 KB", () => {
  const { members, next } = namesOf(
    roomOf(80, (index) => `${"語".repeat(60)}${index}`, '"'.repeat(200)),
    undefined,
  );
  expect(members.length).toBeLessThan(80);
  expect(next).toBeDefined();
  const frame = { type: "members", room: "r".repeat(128), count: 80, members, next, ref: "r".repeat(64) };
  expect(Buffer.byteLength(JSON.stringify(frame))).toBeLessThanOrEqual(32 * 1024);
});

test("a cursor is the text that it was handed out as", () => {
  const cursor = { slot: slotOf("L0SM9cOFvHcCIhw="), count: 12_345 };
  expect(v.parse(AfterPage, textOf(cursor))).toEqual(cursor);
});

test.each(["", "made up", textOf({ slot: "no slot", count: 1 }), textOf({ slot: slotOf("a"), count: -1 }), 7, null])(
  "%j is no cursor",
  (after) => {
    expect(v.safeParse(AfterPage, after).success).toBe(false);
  },
);

test("whatever is sent as a cursor, reading it throws nothing", () => {
  fc.assert(fc.property(fc.anything(), (after) => void v.safeParse(AfterPage, after)));
});
