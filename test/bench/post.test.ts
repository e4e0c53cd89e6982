import { expect, test } from "vitest";
import { postReport } from "../../bench/post.ts";

const costs = { sdk: [400, 500, 900], unsampled: [450, 400, 380], sampled: [700, 800, 750] };

test("the costs of a post are told as medians, and as multiples of the SDK's call", () => {
  const { figures, lines, failures } = postReport(100, 80, costs, 0);
  expect(figures.rows).toEqual([
    { what: "the SDK's call", cpuMicroseconds: 500, fastest: 400, ratio: 1 },
    { what: "post, unsampled", cpuMicroseconds: 400, fastest: 380, ratio: 0.8 },
    { what: "post, sampled", cpuMicroseconds: 750, fastest: 700, ratio: 1.5 },
  ]);
  expect(lines).toHaveLength(4);
  expect(failures).toEqual([]);
});

test.each([
  ["an unsampled post costs more than it may", 79, 0, "an unsampled post costs 80 % of the SDK's call, over 79"],
  ["posts have not arrived", 100, 3, "3 posts have not arrived"],
])("where %s the benchmark fails", (_what, within, missing, failure) => {
  expect(postReport(100, within, costs, missing).failures).toEqual([failure]);
});
