import { expect, test } from "vitest";
import { anchorAt, offsetsOf, topOf, windowAt } from "../../../../client/page/view/list-layout.ts";

const rows = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ key: `row-${from + index}` }));
const tall = () => 40;

test("of ten thousand rows those near what is seen are drawn, and the rest is as high as it would be", () => {
  const offsets = offsetsOf(rows(1, 10_000), tall);
  const { first, end, before, after } = windowAt(offsets, 200_000, 600);
  expect(end - first).toBeLessThan(60);
  expect([first * 40, before]).toEqual([before, first * 40]);
  expect(before).toBeLessThanOrEqual(200_000 - 600);
  expect(before + (end - first) * 40 + after).toBe(400_000);
});

test("no row is drawn of none", () => {
  expect(windowAt(offsetsOf([], tall), 0, 600)).toEqual({ first: 0, end: 0, before: 0, after: 0 });
});

test("what is read stays where it is when rows come above it, and when those turn out higher", () => {
  const before = rows(51, 100);
  const anchor = anchorAt(before, offsetsOf(before, tall), 410, 600);
  expect(anchor).toEqual({ key: "row-61", above: 10 });
  const after = rows(1, 100);
  expect(topOf(anchor, after, offsetsOf(after, tall), 600)).toBe(60 * 40 + 10);
  const higher = offsetsOf(after, (key) => (key === "row-7" ? 100 : 40));
  expect(topOf(anchor, after, higher, 600)).toBe(60 * 40 + 60 + 10);
});

test("whoever is at the end stays there", () => {
  const before = rows(1, 100);
  const anchor = anchorAt(before, offsetsOf(before, tall), 100 * 40 - 600 - 20, 600);
  expect(anchor).toBe("end");
  const after = rows(1, 110);
  expect(topOf(anchor, after, offsetsOf(after, tall), 600)).toBe(110 * 40 - 600);
});

test("a row that is no longer kept leads to the end", () => {
  expect(topOf({ key: "row-0", above: 0 }, rows(1, 100), offsetsOf(rows(1, 100), tall), 600)).toBe(3_400);
});
