import { expect, test } from "vitest";
import { colourOf, nameOf, textOf } from "../../../../client/page/text/shown.ts";

test.each([
  ["a text", "hello", "hello"],
  ["an object with a text", { text: "hello", mood: 7 }, "hello"],
  ["an object without", { mood: 7 }, '{"mood":7}'],
  ["nothing", null, "null"],
  ["a number", 7, "7"],
])("%s is shown", (_what, data, text) => {
  expect(textOf(data)).toBe(text);
});

test("who has no name is told from others", () => {
  expect(nameOf({ id: "guest-abcdef123456", name: "" })).toBe("#123456");
});

test("somebody has the same colour each time", () => {
  expect(colourOf("guest-ann", 8)).toBe(colourOf("guest-ann", 8));
  expect(new Set(Array.from({ length: 100 }, (_, number) => colourOf(`guest-${number}`, 8))).size).toBe(8);
});
