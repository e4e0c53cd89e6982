import { expect, test } from "vitest";
import type { PageRun } from "../../bench/page/run.ts";
import { pageReport } from "../../bench/page.ts";

const bounds = { within: 100, interactive: 1_000, cpu: 50, growth: 5 };
const tasks = { longestMs: 20, ofThatCpuMs: 12, mostCpuMs: 12 };
const run: PageRun = {
  openings: { first: [200, 210, 2_000], again: [220, 230, 240] },
  empty: { count: 1_200, longestMs: 17 },
  typing: { keys: [10, 12, 16], tasks },
  scroll: { frames: { count: 300, longestMs: 30 }, tasks },
  flood: { frames: { count: 3_600, longestMs: 30 }, tasks, heapBefore: 6_000_000, heapAfter: 6_060_000 },
};
const flood = (wrong: Partial<PageRun["flood"]>) => ({ flood: { ...run.flood, ...wrong } });

test("a page that opens fast at the median, paints every key and frame in time and keeps its heap has reached all", () => {
  const { figures, failures } = pageReport(60, bounds, run);
  expect(figures.grownPercent).toBeCloseTo(1);
  expect(failures).toEqual([]);
});

test.each([
  ["it opens late", { openings: { ...run.openings, again: [1_001, 1_100] } }, "the page can be used after 1001 ms"],
  ["a key waits", { typing: { keys: [10, 101], tasks } }, "a key press waited 101 ms for its paint, over 100"],
  ["a frame is late", flood({ frames: { count: 9, longestMs: 120 } }), "a frame took 120 ms, over 100"],
  ["it scrolls unevenly", { scroll: { ...run.scroll, frames: { count: 9, longestMs: 130 } } }, "a frame took 130 ms"],
  ["a task is long", flood({ tasks: { ...tasks, mostCpuMs: 60 } }), "a task took 60 ms of a processor, over 50"],
  ["the heap grows", flood({ heapAfter: 6_600_000 }), "the heap grew by 10.0 %, over 5"],
])("where %s it fails", (_what, wrong, failure) => {
  expect(pageReport(60, bounds, { ...run, ...wrong }).failures).toEqual([expect.stringContaining(failure)]);
});
