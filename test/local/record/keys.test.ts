import { expect, test } from "vitest";
import { keysInText, keysOf, keysOfEvent } from "../../../local/record/keys.ts";

const traceId = "1-5759e988-bd862e3fe1be46a994272793";

test.each([
  ["an event", { id: "event-1", source: "shop", detail: { id: "order-1", total: 7 } }, ["event-1", "order-1"]],
  ["an execution of an event", { input: { detail: { id: "order-1" } } }, ["order-1"]],
  ["an execution that was given a message", { input: { message: { id: "order-1" }, from: "a" } }, ["order-1"]],
  ["a log line of Powertools", { level: "INFO", correlation_id: "order-1" }, ["order-1"]],
  ["a line of Lambda", { type: "platform.report", record: { requestId: "request-1" } }, ["request-1"]],
  [
    "a line of Step Functions",
    { id: "7", execution_arn: "arn:aws:states:::express:m:1" },
    ["7", "arn:aws:states:::express:m:1"],
  ],
  ["a segment", { trace_id: traceId, annotations: { messageId: "order-1" } }, [traceId, "order-1"]],
  [
    "a trace header, wherever it stands",
    { detail: { trace: `Root=${traceId};Parent=70de5b6f19ff9a0a;Sampled=1` } },
    [traceId],
  ],
])("%s is filed under the ids that it names", (_what, document, keys) => {
  expect(keysOf(document)).toEqual(keys);
});

test("a segment is filed under what its subsegments are annotated with, however deep, and not under their own ids", () => {
  const innermost = { id: "3", annotations: { messageId: "order-1", place: "here" } };
  const segment = {
    trace_id: traceId,
    subsegments: [{ id: "1", subsegments: [{ id: "2", subsegments: [innermost] }] }],
  };
  expect(keysOf(segment)).toEqual([traceId, "order-1"]);
});

test.each([
  ["deeper than three levels", { a: { b: { c: { id: "deep" } } } }],
  ["in a list", { items: [{ id: "one" }, { id: "two" }] }],
  ["of more characters than an id has", { id: "x".repeat(257) }],
  ["that is no text", { id: 7, messageId: null }],
])("an id %s is no key", (_where, document) => {
  expect(keysOf(document)).toEqual([]);
});

test("an id that stands there twice is one key, and of many the first are taken", () => {
  expect(keysOf({ id: "same", detail: { id: "same" } })).toEqual(["same"]);
  expect(keysOf(Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`${n}Id`, `${n}`])))).toHaveLength(24);
});

test("an event is filed under the texts of its detail too", () => {
  const detail = { id: "order-1", status: "shipped", total: 7, note: "x".repeat(1_000), buyer: { name: "Ann" } };
  expect(keysOfEvent({ id: "event-1", source: "shop", detail })).toEqual(["event-1", "order-1", "shipped"]);
});

test.each([["plain words"], ["{ not JSON"], ["[]"], [""]])("the line %j has no keys", (line) => {
  expect(keysInText(line)).toEqual([]);
});

test("a line that is JSON has the keys of its object", () => {
  expect(keysInText('{"correlation_id":"order-1"}')).toEqual(["order-1"]);
});
