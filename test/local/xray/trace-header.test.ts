import { expect, test } from "vitest";
import { formatTraceHeader, parseTraceHeader, traceId } from "../../../local/xray/trace-header.ts";

const root = "1-67f4141f-e1cd7672871da115129f8b19";

test.each([
  ["all fields", `Root=${root};Parent=d0ee9531727135a0;Sampled=1`, { root, parent: "d0ee9531727135a0", sampled: true }],
  ["no decision", `Root=${root};Sampled=?`, { root }],
  ["a negative decision", `Root=${root};Sampled=0`, { root, sampled: false }],
  ["fields that others append", `Self=1-x;Root=${root}; Parent=ab;Lineage=1:a:0`, { root, parent: "ab" }],
])("a header with %s is read", (_what, text, fields) => {
  expect(parseTraceHeader(text)).toEqual(fields);
});

test.each([undefined, "", "Sampled=1", "Root=1-xyz", "Root=2-67f4141f-e1cd7672871da115129f8b19"])(
  "%s names no trace",
  (text) => {
    expect(parseTraceHeader(text)).toBeUndefined();
  },
);

test("what is written is read again", () => {
  const fields = { root: traceId(Date.UTC(2026, 0, 1), "0".repeat(24)), parent: "d0ee9531727135a0", sampled: false };
  expect(fields.root).toBe("1-6955b900-000000000000000000000000");
  expect(parseTraceHeader(formatTraceHeader(fields))).toEqual(fields);
});
