import { expect, test } from "vitest";
import { matches, permit, readRights } from "../../../functions/protocol/rights.ts";

test.each([
  ["lobby", "lobby", true],
  ["lobby", "lobby2", false],
  ["Lobby", "lobby", false],
  ["*", "any room at all, überall", true],
  ["team-*", "team-red", true],
  ["team-*", "team-", true],
  ["team-*", "the team-red", false],
  ["*-red", "team-red", true],
  ["team-*-red", "team--red", true],
  ["team-*-red", "team-red", false],
  ["a*a", "a", false],
  ["a*b*c", "aXbYbZc", true],
  ["a*b*c", "aXcYb", false],
  ["**", "", true],
  ["", "lobby", false],
  ["lobby.?", "lobby.x", false],
  ["l.bby", "lobby", false],
  ["(a+)+$", "aaaa", false],
])("the pattern %j and the room %j: %s", (pattern, room, expected) => {
  expect(matches(pattern, room)).toBe(expected);
});

test("a pattern of nothing but wildcards and the longest name are compared at once", () => {
  expect(matches("*a".repeat(2_000), "a".repeat(128))).toBe(false);
});

test("patterns alone stand for each of the rights", () => {
  const patterns = ["lobby", "team-*"];
  expect(readRights(patterns)).toEqual({ join: patterns, publish: patterns, read: patterns });
});

test("of an object each right is its own, and what is not named allows nothing", () => {
  expect(readRights({ join: ["*"], read: ["news"] })).toEqual({ join: ["*"], publish: [], read: ["news"] });
});

const many = (count: number) => Array.from({ length: count }, (_, index) => `room-${index}`);

test.each([
  ["a text", "lobby"],
  ["a number", 7],
  ["null", null],
  ["patterns that are no texts", ["lobby", 7]],
  ["a right that is no array", { join: "lobby" }],
  ["a right that is not known", { join: ["lobby"], administer: ["*"] }],
  ["a right by the name of the prototype", JSON.parse('{"__proto__":{"join":["*"]}}')],
  ["51 patterns", many(51)],
  ["51 patterns in all", { join: many(26), read: many(25) }],
  ["patterns of more than 4 KB", ["x".repeat(4_097)]],
  ["patterns that are more than 4 KB within JSON", ['"'.repeat(1_025)]],
])("%s is refused", (_what, claim) => {
  expect(() => readRights(claim)).toThrow(expect.objectContaining({ name: "Refusal", code: "FORBIDDEN" }));
});

test("50 patterns are read", () => {
  expect(readRights(many(50)).publish).toHaveLength(50);
});

test("a guest may do everything", () => {
  expect(() => permit(undefined, "publish", "lobby")).not.toThrow();
});

test("what one right allows another does not", () => {
  const rights = readRights({ join: ["lobby"], publish: ["attic"] });
  expect(() => permit(rights, "join", "lobby")).not.toThrow();
  expect(() => permit(rights, "publish", "lobby")).toThrow("Your token does not let you publish in this room.");
  expect(() => permit(rights, "read", "attic")).toThrow(expect.objectContaining({ code: "FORBIDDEN" }));
});
