import { assert, integer, property, string } from "fast-check";
import { expect, test } from "vitest";
import { bytesOf, MAX_BYTES, partsOf } from "../../../../client/page/text/length.ts";

test.each([
  ["letters", "x".repeat(MAX_BYTES - 2)],
  ["Japanese, three bytes each", "あ".repeat((MAX_BYTES - 2) / 3)],
  ["line breaks, two bytes each in JSON", `x${"\n".repeat((MAX_BYTES - 4) / 2)}x`],
])("as many %s as the server takes are one message", (_what, text) => {
  expect(partsOf(text)).toEqual([text]);
});

test("a long text is cut between lines, else between words", () => {
  expect(partsOf("one two\nthree four\nfive", 14)).toEqual(["one two", "three four", "five"]);
  expect(partsOf("one two three four", 11)).toEqual(["one two", "three", "four"]);
});

test("a character of two halves is not cut through", () => {
  expect(partsOf("🙂🙂🙂", 11)).toEqual(["🙂🙂", "🙂"]);
});

test("every part fits, and together they say the same", () => {
  const said = (text: string) => text.replace(/\s/g, "");
  assert(
    property(string({ unit: "grapheme", maxLength: 300 }), integer({ min: 20, max: 80 }), (text, max) => {
      const parts = partsOf(text, max);
      for (const part of parts) expect(bytesOf(part)).toBeLessThanOrEqual(max);
      expect(said(parts.join(""))).toBe(said(text));
    }),
  );
});
