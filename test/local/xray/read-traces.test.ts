import { BatchGetTracesCommand, GetTraceSummariesCommand, XRayClient } from "@aws-sdk/client-xray";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "../../../local/json.ts";
import { createXRay, type XRay } from "../../../local/xray/xray.ts";
import { serveRest } from "../../support/rest-server.ts";

let xray: XRay;
let client: XRayClient;
let close: () => Promise<unknown>;
beforeAll(async () => {
  xray = createXRay({ log: () => undefined });
  const server = await serveRest(xray.rest);
  client = new XRayClient(server.client);
  close = server.close;
});
afterAll(async () => {
  client.destroy();
  await close();
});

const BEGAN = 0x67f4141f;
let traces = 0;
/** Records the documents of a trace of their own; each lasts from its `start_time`, 0 by default, for a second. */
const trace = (...documents: JsonObject[]): string => {
  const id = `1-${(BEGAN + traces).toString(16)}-${String(++traces).padStart(24, "0")}`;
  for (const { start_time = 0, end_time = Number(start_time) + 1, ...document } of documents) {
    const times = { start_time: BEGAN + Number(start_time), end_time: BEGAN + Number(end_time) };
    xray.record({ name: "f", ...times, ...document, trace_id: id });
  }
  return id;
};
const read = async (...TraceIds: string[]) => {
  const { Traces = [] } = await client.send(new BatchGetTracesCommand({ TraceIds }));
  return Traces.map(({ Segments = [], ...told }) => ({
    ...told,
    segments: Segments.map(({ Document }) => JSON.parse(Document ?? "")),
  }));
};
const summaries = async (FilterExpression?: string, seconds: readonly [number, number] = [0, 3600]) => {
  const [from, to] = seconds.map((second) => new Date((BEGAN + second) * 1000));
  const { TraceSummaries = [] } = await client.send(
    new GetTraceSummariesCommand({ StartTime: from, EndTime: to, FilterExpression }),
  );
  return TraceSummaries;
};
const found = async (expression: string, id: string) =>
  (await summaries(expression)).some((summary) => summary.Id === id);

test("a subsegment that was sent by itself is in its parent's document, however deep", async () => {
  const sent = (id: string, parent: string) => ({ id, parent_id: parent, type: "subsegment", name: id });
  const id = trace(
    sent("c", "b"),
    sent("d", "c"),
    { id: "a", subsegments: [{ id: "b", name: "b", start_time: BEGAN, end_time: BEGAN + 1 }] },
    sent("lost", "nobody"),
  );
  const [{ segments } = { segments: [] }] = await read(id);
  expect(segments).toMatchObject([
    { id: "a", subsegments: [{ id: "b", subsegments: [{ id: "c", subsegments: [{ id: "d" }] }] }] },
    { id: "lost", parent_id: "nobody", type: "subsegment" },
  ]);
  expect(Object.keys(segments[0].subsegments[0].subsegments[0])).not.toContain("parent_id");
});

test("a segment that another calls stays a document of its own", async () => {
  const [{ segments } = { segments: [] }] = await read(trace({ id: "a" }, { id: "b", parent_id: "a" }));
  expect(segments.map(({ id }: JsonObject) => id)).toEqual(["a", "b"]);
});

test("of a trace 500 KB are kept, and it says that there was more", async () => {
  const large = (id: string) => ({ id, metadata: { text: "x".repeat(60_000) } });
  const id = trace(...Array.from({ length: 10 }, (_, index) => large(`s${index}`)));
  const [told] = await read(id, trace({ id: "small" }));
  expect([told?.LimitExceeded, told?.segments.length]).toEqual([true, 8]);
});

test("a summary tells when a trace began, how long it took, what is annotated, and who took part", async () => {
  const id = trace(
    { id: "a", name: "publish", origin: "AWS::Lambda", end_time: 2 },
    { id: "b", parent_id: "a", start_time: 1, end_time: 4, annotations: { messageId: "01M8", count: 3, cold: true } },
  );
  const [summary] = (await summaries()).filter(({ Id }) => Id === id);
  expect(summary).toMatchObject({
    StartTime: new Date(BEGAN * 1000),
    Duration: 4,
    ResponseTime: 2,
    HasFault: false,
    IsPartial: false,
    EntryPoint: { Name: "publish", Type: "AWS::Lambda" },
    ServiceIds: [{ Name: "publish" }, { Name: "f" }],
    Annotations: {
      messageId: [{ AnnotationValue: { StringValue: "01M8" }, ServiceIds: [{ Name: "f" }] }],
      count: [{ AnnotationValue: { NumberValue: 3 } }],
      cold: [{ AnnotationValue: { BooleanValue: true } }],
    },
  });
});

test("traces are found by the time at which they began", async () => {
  const id = trace({ id: "a" });
  const at = traces - 1;
  const ids = (await summaries(undefined, [at, at])).map((summary) => summary.Id);
  expect(ids).toEqual([id]);
});

test.each<[string, boolean]>([
  ['annotation.messageId = "01M9"', true],
  ['annotation[messageId] = "01M9"', true],
  ['annotation.messageId = "01M9" AND annotation.room = "lobby"', true],
  ['annotation.messageId = "01M9" AND annotation.room = "other"', false],
  ['annotation.messageId = "01M8"', false],
  ["annotation.tries >= 2", true],
  ["annotation.tries > 2", false],
  ["annotation.missing", false],
  ['service("publish")', true],
  ['service("DynamoDB")', true],
  ['service("other")', false],
  ['!service("other")', true],
  ['service("post") { fault }', true],
  ['service("publish") { fault }', false],
  ["service() { fault AND responsetime > 0.5 }", true],
  ["service() { !partial throttle }", false],
  ["error", true],
  ["fault", false],
  ["!fault error", true],
  ["fault = false", true],
  ["responsetime > 2", true],
  ["responsetime > 3", false],
  ["duration <= 5 AND responsetime < 3", true],
])("the filter %s", async (expression, expected) => {
  const id = trace(
    {
      id: "a",
      name: "publish",
      error: true,
      end_time: 2.5,
      subsegments: [
        { id: "c", name: "DynamoDB", namespace: "aws", start_time: BEGAN, end_time: BEGAN + 1 },
        { id: "d", name: "## publish", annotations: { messageId: "01M9", room: "lobby", tries: 2 } },
      ],
    },
    { id: "b", parent_id: "a", name: "post", fault: true, start_time: 1, end_time: 5 },
  );
  expect(await found(expression, id)).toBe(expected);
});

test.each([
  ["error OR fault", /OR is not read here/],
  ['http.url CONTAINS "/api"', /http\.url is not read here/],
  ['edge("a", "b")', /edge is not read here/],
  ["responsetime", /responsetime is not read here/],
  ["annotation.room = lobby", /lobby is no value/],
  ['service("a"', /\) is expected, and there is nothing more/],
  ["annotation.room ~ 1", /cannot be read from here on: ~ 1/],
])("the filter %s is refused by name", async (expression, reason) => {
  await expect(summaries(expression)).rejects.toMatchObject({
    name: "InvalidRequestException",
    message: expect.stringMatching(reason),
  });
});

test("another kind of time range is refused", async () => {
  const command = new GetTraceSummariesCommand({ StartTime: new Date(0), EndTime: new Date(), TimeRangeType: "Event" });
  await expect(client.send(command)).rejects.toThrow(/only TraceId is run here/);
});
