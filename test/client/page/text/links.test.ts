import { assert, property, string } from "fast-check";
import { expect, test } from "vitest";
import { piecesOf } from "../../../../client/page/text/links.ts";

const linksOf = (text: string) => piecesOf(text).flatMap(({ href }) => href ?? []);

test.each([
  ["a sentence's end", "See https://example.com/a.", ["https://example.com/a"]],
  ["brackets around it", "(https://example.com/a)", ["https://example.com/a"]],
  ["brackets within it", "https://example.com/a_(b)", ["https://example.com/a_(b)"]],
  ["Japanese around it", "これhttps://example.com/aを見て。", ["https://example.com/a"]],
  ["Japanese brackets", "「https://example.com/」", ["https://example.com/"]],
  ["two of them", "http://a.example and HTTPS://B.example/x", ["http://a.example/", "https://b.example/x"]],
  ["a query", "https://example.com/?q=a&b=%20#c", ["https://example.com/?q=a&b=%20#c"]],
])("a link with %s leads where it should", (_what, text, links) => {
  expect(linksOf(text)).toEqual(links);
});

test.each([
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "file:///etc/passwd",
  "vbscript:x",
  "//example.com",
  "www.example.com",
  "https://",
  "https://bank.example@elsewhere.example/",
  "https://user:word@example.com/",
])("%s is no link", (text) => {
  expect(linksOf(text)).toEqual([]);
});

test("the pieces together are the text, and every link is one of the web", () => {
  assert(
    property(string({ unit: "binary" }), string(), (before, after) => {
      const text = `${before}https://example.com/${after}`;
      const pieces = piecesOf(text);
      expect(pieces.map((piece) => piece.text).join("")).toBe(text);
      for (const { href } of pieces) if (href !== undefined) expect(href).toMatch(/^https?:\/\//);
    }),
  );
});
