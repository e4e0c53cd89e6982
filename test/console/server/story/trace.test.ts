import { expect, test } from "vitest";
import { type SegmentDocument, traceOf } from "../../../../console/server/story/trace.ts";

const TRACE = "1-69000000-000000000000000000000001";

/** A segment of the trace, in milliseconds from its start. */
const segment = (id: string, from: number, to: number, more: Partial<SegmentDocument> = {}): SegmentDocument => ({
  id,
  trace_id: TRACE,
  name: id,
  start_time: from / 1000,
  end_time: to / 1000,
  ...more,
});

/** A message's: published, put on the bus, fanned out after the publisher has its answer, posted twice. */
const message = [
  segment("publish", 0, 30, {
    origin: "AWS::Lambda",
    subsegments: [segment("save", 5, 10), segment("put", 10, 20), segment("ack", 25, 29)],
  }),
  segment("fan-out", 40, 400, {
    parent_id: "put",
    subsegments: [segment("query", 45, 60), segment("map", 60, 300), segment("report", 305, 390)],
  }),
  segment("quick post", 70, 90, { parent_id: "map", annotations: { outcome: "delivered" } }),
  segment("slow post", 70, 280, { parent_id: "map", annotations: { outcome: "delivered" } }),
];

test("segments and their parts are in the order of their start, in milliseconds, each with what it is below", () => {
  const { segments = [] } = traceOf(message) ?? {};
  expect(segments.map(({ id }) => id)).toEqual([
    ...["publish", "save", "put", "ack", "fan-out", "query", "map", "quick post", "slow post", "report"],
  ]);
  expect(segments[2]).toEqual({ id: "put", parentId: "publish", name: "put", startedAt: 10, endedAt: 20, state: "ok" });
});

test("the critical path is what the last delivery waited for, and nothing that came beside or after it", () => {
  expect(traceOf(message)?.criticalPath).toEqual([
    ...["publish", "save", "put", "fan-out", "query", "map", "slow post"],
  ]);
});

test("where nothing was delivered the critical path leads to the end", () => {
  const undelivered = message.filter(({ id }) => !id.endsWith("post"));
  expect(traceOf(undelivered)?.criticalPath).toEqual(["publish", "save", "put", "fan-out", "query", "map", "report"]);
});

test("a segment that was sent again as it ended is there once, as it ended", () => {
  const { end_time: _open, ...open } = segment("publish", 0, 0);
  expect(traceOf([open, segment("publish", 0, 30)])?.segments).toMatchObject([{ id: "publish", endedAt: 30 }]);
});

test.each([
  ["ok", {}],
  ["error", { error: true }],
  ["fault", { fault: true }],
  ["throttle", { error: true, throttle: true }],
] as const)("a segment's state is %s", (state, flags) => {
  expect(traceOf([segment("post", 0, 1, flags)])?.segments).toMatchObject([{ state }]);
});

test("segments of another trace are left out, and of none there is no trace", () => {
  const other = segment("other", 0, 1, { trace_id: "1-69000000-000000000000000000000002" });
  expect(traceOf([...message, other], TRACE)?.segments.map(({ id }) => id)).not.toContain("other");
  expect(traceOf([])).toBeUndefined();
});
