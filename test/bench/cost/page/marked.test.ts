import { expect, test } from "vitest";
import { markdownTable, withParts } from "../../../../bench/cost/page/marked.ts";

const page =
  "# A\n\n<!-- generated: one -->\nold\n<!-- end of generated -->\n\nb\n<!-- generated: two -->\n<!-- end of generated -->\n";

test("generated parts are put in the place of the old, and the rest stays", () => {
  const written = withParts(page, { one: "1", two: "$2 $& $1" });
  expect(written).toBe(
    "# A\n\n<!-- generated: one -->\n1\n<!-- end of generated -->\n\nb\n<!-- generated: two -->\n$2 $& $1\n<!-- end of generated -->\n",
  );
  expect(withParts(written, { one: "1", two: "$2 $& $1" })).toBe(written);
});

test.each([
  ["a part without a place", page, { one: "", two: "", three: "" }, "differ in three"],
  ["a place without a part", page, { one: "" }, "differ in two"],
  ["a place without an end", "<!-- generated: one -->\n", { one: "" }, "The part one has no end"],
])("%s is an error", (_what, text, made, message) => {
  expect(() => withParts(text, made as Record<string, string>)).toThrow(message);
});

test("a table has its first column to the left, the others to the right", () => {
  expect(
    markdownTable([
      ["a", "b"],
      ["1", "2"],
    ]),
  ).toBe("| a | b |\n| --- | ---: |\n| 1 | 2 |");
});
