import { expect, test } from "vitest";
import { costPerMillion, type FanoutRow, timeToLast } from "../../../bench/plots/fanout.ts";

const row = (fields: Partial<FanoutRow> = {}): FanoutRow => ({
  strategy: "roomcast",
  members: 1000,
  lastMs: 400,
  refused: 0,
  costPerMillion: 1.3,
  ...fields,
});

/** The heights of a line's points, from the top of the picture. */
const heightsOf = (svg: string, kind: string): number[] =>
  [...(svg.match(new RegExp(`<g class="${kind}"><polyline points="([^"]*)"`))?.[1] ?? "").matchAll(/,([\d.]+)/g)].map(
    ([, y]) => Number(y),
  );

test.each([
  ["times", timeToLast],
  ["costs", costPerMillion],
])("a plot of %s closes every element that it opens, whatever a strategy is called", (_what, plot) => {
  const svg = plot([row(), row({ strategy: 'a "b" <c> & d' })]);
  const open: string[] = [];
  for (const [, closing, name, , empty] of svg.matchAll(/<(\/?)([a-z]+)((?:\s[^\s=]+="[^"<]*")*)(\/?)>/g))
    if (closing) expect(open.pop()).toBe(name);
    else if (!empty) open.push(name as string);
  expect(open).toEqual([]);
  expect(svg).toContain('<text class="label"');
  expect(svg).toContain("a &quot;b&quot; &lt;c> &amp; d</text>");
});

test("who does not see a plot is told what it shows", () => {
  const svg = timeToLast([
    row(),
    row({ members: 100_000, lastMs: 11_234 }),
    row({ strategy: "floor", members: 100_000 }),
  ]);
  expect(svg).toContain('role="img" aria-labelledby="title description"');
  expect(svg).toContain(
    '<desc id="description">By the members of the room. At 100,000: roomcast 11.2 s, floor 400 ms.</desc>',
  );
});

test("a longer time is drawn higher, ten times as long as high as ten times as long elsewhere", () => {
  const [first = 0, second = 0, third = 0] = heightsOf(
    timeToLast([100, 1000, 10_000].map((lastMs, index) => row({ members: 10 ** index, lastMs }))),
    "ours",
  );
  expect(first - second).toBeGreaterThan(0);
  expect(second - third).toBeCloseTo(first - second);
});

test("a room that was served in part is a hollow point in time and has no cost", () => {
  const rows = [row(), row({ members: 10_000, refused: 3 })];
  expect(timeToLast(rows).match(/<circle class="partial"/g)).toHaveLength(2); // One of them in the legend.
  expect(heightsOf(costPerMillion(rows), "ours")).toHaveLength(1);
  expect(costPerMillion(rows)).toContain("At 10,000: roomcast (not everybody is served).");
});

test("a strategy that is not in a plot leaves the others their colours", () => {
  const rows = [row({ strategy: "first", refused: 1 }), row({ strategy: "second" })];
  for (const plot of [timeToLast, costPerMillion]) expect(heightsOf(plot(rows), "other-2")).toHaveLength(1);
});

test("more strategies than there are colours are refused", () => {
  const rows = Array.from({ length: 7 }, (_, index) => row({ strategy: `strategy ${index}` }));
  expect(() => timeToLast(rows)).toThrow("A chart has colours for 6 lines besides ours and the limit.");
});
