import { describe, expect, test } from "vitest";
import { compilePattern } from "../../../../local/eventbridge/pattern/compile.ts";
import { eventFields } from "../../../../local/eventbridge/pattern/event-fields.ts";
import { matches } from "../../../../local/eventbridge/pattern/match.ts";
import type { JsonObject } from "../../../../local/json.ts";

const matched = (pattern: JsonObject, event: JsonObject) =>
  matches(compilePattern(pattern), eventFields(JSON.stringify(event)));

describe("an event matches", () => {
  test.each<[string, JsonObject, JsonObject]>([
    ["a literal", { source: ["shop"] }, { source: "shop" }],
    ["a number by its value", { n: [300] }, { n: 3e2 }],
    ["one element of an array", { tags: ["b"] }, { tags: ["a", "b"] }],
    ["a field of a nested object", { detail: { state: ["open"] } }, { detail: { state: "open" } }],
    ["a prefix in any case", { key: [{ prefix: { "equals-ignore-case": "Ab" } }] }, { key: "aBc" }],
    ["an address of a block", { ip: [{ cidr: "10.0.0.0/8" }] }, { ip: "10.1.2.3" }],
    ["a wildcard with an escaped asterisk", { key: [{ wildcard: "a\\**c" }] }, { key: "a*bc" }],
    ["the absence of a field", { gone: [{ exists: false }] }, { here: 1 }],
    ["the second of two alternatives", { $or: [{ a: [1] }, { b: [2] }] }, { b: 2 }],
  ])("by %s", (_how, pattern, event) => expect(matched(pattern, event)).toBe(true));
});

describe("an event does not match", () => {
  test.each<[string, JsonObject, JsonObject]>([
    ["the fields stand in two elements of one array", { a: { x: [1], y: [2] } }, { a: [{ x: 1 }, { y: 2 }] }],
    ["a string looks like the number", { n: [300] }, { n: "300" }],
    ["anything-but finds no field", { a: [{ "anything-but": "x" }] }, {}],
    ["an array is empty and must exist", { a: [{ exists: true }] }, { a: [] }],
    ["the parts of a wildcard overlap", { a: [{ wildcard: "ab*ba" }] }, { a: "aba" }],
  ])("when %s", (_why, pattern, event) => expect(matched(pattern, event)).toBe(false));
});

test("many asterisks on a text that nearly matches end in a moment", () => {
  const pattern = { a: [{ wildcard: `${"*a".repeat(500)}*b` }] };
  expect(matched(pattern, { a: "a".repeat(50_000) })).toBe(false);
});

test("two large arrays are not multiplied", () => {
  const many = Array.from({ length: 3_000 }, (_, n) => ({ n }));
  const pattern = { x: { n: [{ exists: true }] }, y: { n: [{ exists: true }] }, z: ["never"] };
  expect(matched(pattern, { x: many, y: many })).toBe(false);
});

test.each<[string, string, string]>([
  ["an unknown match type", '{"a": [{"sounds-like": "b"}]}', "Unrecognized match type sounds-like"],
  ["a match type that every object has", '{"a": [{"constructor": "b"}]}', "Unrecognized match type constructor"],
  ["a value outside of an array", '{"a": "b"}', '"a" must be an object or an array'],
  ["an operator that every object has", '{"a": [{"numeric": ["constructor", 1]}]}', "Unrecognized numeric range"],
  ["a range upside down", '{"a": [{"numeric": [">", 5, "<", 1]}]}', "Bottom must be less than top"],
  ["neighbouring asterisks", '{"a": [{"wildcard": "a**b"}]}', "Consecutive wildcard characters: a**b"],
  ["text that is not JSON", "{", "JSON"],
  ["alternatives without end", JSON.stringify(alternatives(11)), "more than 1000 combinations"],
])("%s is refused with the reason", (_what, pattern, reason) => {
  expect(() => compilePattern(pattern)).toThrow(
    expect.objectContaining({ name: "InvalidEventPatternException", message: expect.stringContaining(reason) }),
  );
});

function alternatives(fields: number): JsonObject {
  return Object.fromEntries(Array.from({ length: fields }, (_, n) => [`f${n}`, { $or: [{ a: [1] }, { b: [2] }] }]));
}
