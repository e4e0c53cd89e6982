import { expect, test } from "vitest";
import type { TraceSegment } from "../../../../console/contract.ts";
import { ticks, traceRows, traceSpan } from "../../../../console/page/message/trace-rows.ts";

const segment = (id: string, parentId: string | undefined, from: number, to: number, parts = {}): TraceSegment => ({
  ...{ id, name: id, startedAt: from, endedAt: to, state: "ok" as const },
  ...(parentId !== undefined && { parentId }),
  ...parts,
});

const posts = [1, 2, 3, 4].map((n) =>
  segment(`post${n}`, "fanout", 20 + n, 30 + n, { name: "post", state: n === 3 ? "throttle" : "ok" }),
);
const trace = {
  id: "1-1",
  segments: [...posts, segment("fanout", "publish", 10, 40), segment("publish", undefined, 0, 12)],
  criticalPath: ["publish", "fanout", "post4"],
};
const drawn = (toggled: string[] = []) =>
  traceRows(trace, new Set(toggled)).map(
    ({ name, depth, segments }) => `${" ".repeat(depth)}${name} ${segments.length}`,
  );

test("children stand below their parents, and four of a name are one row", () => {
  expect(drawn()).toEqual(["publish 1", " fanout 1", "  post 4"]);
});

test("a row of many spans them all, is as bad as the worst, and critical by any of them", () => {
  expect(traceRows(trace, new Set()).at(-1)).toMatchObject({
    ...{ startedAt: 21, endedAt: 34, state: "throttle", critical: true, opens: true, open: false },
  });
});

test("many are opened, and single ones folded", () => {
  expect(drawn(["fanout post"])).toEqual([
    ...["publish 1", " fanout 1", "  post 4", "   post 1", "   post 1", "   post 1", "   post 1"],
  ]);
  expect(drawn(["fanout"])).toEqual(["publish 1", " fanout 1"]);
});

test("a segment whose parent was not recorded is a root, so that it is seen", () => {
  const rows = traceRows({ ...trace, segments: posts.slice(0, 1) }, new Set());
  expect(rows).toMatchObject([{ name: "post", depth: 0 }]);
});

test("a trace lasts from its first beginning to its last end", () => {
  expect(traceSpan(trace)).toEqual({ from: 0, to: 40 });
});

test.each([
  [1_410, 6, [0, 500, 1_000]],
  [60, 6, [0, 10, 20, 30, 40, 50, 60]],
  [7, 6, [0, 2, 4, 6]],
  [1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
])("%d ms have round marks", (span, most, marks) => {
  expect(ticks(span, most).map((mark) => Math.round(mark * 1e6) / 1e6)).toEqual(marks);
});
