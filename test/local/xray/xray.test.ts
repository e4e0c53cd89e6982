import { createSocket } from "node:dgram";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { JsonObject } from "../../../local/json.ts";
import type { LogEntry } from "../../../local/log.ts";
import { createXRay, type XRay } from "../../../local/xray/xray.ts";

const logged: LogEntry[] = [];
const heard: JsonObject[] = [];
let xray: XRay;
beforeEach(async () => {
  logged.length = 0;
  heard.length = 0;
  xray = createXRay({
    log: (entry) => logged.push(entry),
    onDocument: (document, text) => heard.push(JSON.parse(text) && document),
  });
  await xray.listen();
});
afterEach(() => xray.close());

const traceId = (digit: string) => `1-67f4141f-${digit.repeat(24)}`;
const segment = (more: object = {}) => ({
  trace_id: traceId("a"),
  id: "0123456789abcdef",
  name: "f",
  start_time: 100,
  end_time: 101.5,
  ...more,
});
const send = (text: string) =>
  new Promise<void>((resolve, reject) => {
    const [host, port] = xray.address().split(":");
    const socket = createSocket("udp4");
    socket.send(text, Number(port), host, (error) => {
      socket.close();
      error ? reject(error) : resolve();
    });
  });
const header = '{"format":"json","version":1}\n';
const traces = (...TraceIds: string[]) => {
  const answer = xray.rest({ method: "POST", path: "/Traces", body: JSON.stringify({ TraceIds }) });
  expect(answer.status).toBe(200);
  return JSON.parse(answer.body);
};

test("a document sent to the daemon is in its trace", async () => {
  await send(header + JSON.stringify(segment()));
  await expect.poll(() => traces(traceId("a")).Traces).toHaveLength(1);
  const [trace] = traces(traceId("a")).Traces;
  expect(trace).toMatchObject({ Id: traceId("a"), Duration: 1.5, Segments: [{ Id: "0123456789abcdef" }] });
  expect(JSON.parse(trace.Segments[0].Document)).toEqual(segment());
});

test("a finished document takes the place of the same one in progress", () => {
  xray.record(segment({ end_time: undefined, in_progress: true }));
  xray.record(segment());
  const [{ Segments }] = traces(traceId("a")).Traces;
  expect(Segments.map(({ Document }: { Document: string }) => JSON.parse(Document))).toEqual([segment()]);
});

test.each([
  ["without a header line", JSON.stringify(segment())],
  ["with another header", `{"format":"xml","version":1}\n${JSON.stringify(segment())}`],
  ["that is not JSON", `${header}{`],
  ["without ids", `${header}{"name":"f"}`],
])("a datagram %s is dropped with a warning, and the next is taken", async (_what, text) => {
  await send(text);
  await expect.poll(() => logged).toEqual([expect.objectContaining({ level: "warn", from: "xray" })]);
  await send(header + JSON.stringify(segment()));
  await expect.poll(() => traces(traceId("a")).Traces).toHaveLength(1);
});

test("a trace that is not kept is unprocessed", () => {
  expect(traces(traceId("b"))).toEqual({ Traces: [], UnprocessedTraceIds: [traceId("b")] });
});

test("the oldest traces make room for new ones", () => {
  const id = (n: number) => `1-67f4141f-${n.toString(16).padStart(24, "0")}`;
  // 64 MB are kept, in which there is room for 159 of them.
  const large = { metadata: { text: "x".repeat(400_000) } };
  for (let n = 0; n < 170; n++) xray.record(segment({ trace_id: id(n), ...large }));
  expect(traces(id(0), id(10), id(11), id(169)).UnprocessedTraceIds).toEqual([id(0), id(10)]);
});

test("every document is heard of, from a service or by UDP", async () => {
  const fromService = segment({ id: "00000000000000aa" });
  xray.record(fromService);
  await send(header + JSON.stringify(segment()));
  await expect.poll(() => heard).toEqual([fromService, segment()]);
});

test.each([
  ["another call", { method: "GET", path: "/Traces", body: "" }, 404],
  ["a body that is not JSON", { method: "POST", path: "/Traces", body: "{" }, 400],
  ["a body without trace ids", { method: "POST", path: "/Traces", body: "{}" }, 400],
])("%s is refused", (_what, call, status) => {
  expect(xray.rest(call)).toMatchObject({ status });
});
