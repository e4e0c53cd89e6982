import { afterEach, expect, test } from "vitest";
import type { JsonObject } from "../../../local/json.ts";
import { lambdaFunction, runFunctions } from "../../support/functions.ts";

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});
const withMode = (Mode?: string, body = "return process.env._X_AMZN_TRACE_ID") => {
  const properties = Mode ? { TracingConfig: { Mode } } : {};
  const running = runFunctions({ "f.mjs": `export const handler = async () => { ${body} };` }, [
    lambdaFunction("f", properties),
  ]);
  ended.push(running.end);
  return running;
};
const root = "1-67f4141f-e1cd7672871da115129f8b19";
const header = (sampled: number) => `Root=${root};Parent=d0ee9531727135a0;Sampled=${sampled};Lineage=1:a:0`;

test("a sampled trace goes on: two segments, the function's below the service's below the caller's", async () => {
  const { call, segments } = withMode("Active");
  const { answer, requestId } = await call("f", {}, header(1));
  const [service, own] = segments as [JsonObject, JsonObject];
  expect(service).toMatchObject({ trace_id: root, parent_id: "d0ee9531727135a0", name: "f", origin: "AWS::Lambda" });
  expect(own).toMatchObject({ trace_id: root, parent_id: service.id, origin: "AWS::Lambda::Function" });
  expect(own).toMatchObject({ aws: { request_id: requestId } });
  expect(answer).toBe(`Root=${root};Parent=${own.id};Sampled=1`);
});

test("each invocation sees its own trace, and only a cold one an initialization", async () => {
  const { call, segments } = withMode("Active");
  const headers = [(await call("f", {}, header(1))).answer, (await call("f", {}, header(1))).answer];
  expect(headers[0]).not.toBe(headers[1]);
  const parts = segments.flatMap(({ subsegments = [] }) => [(subsegments as JsonObject[]).map(({ name }) => name)]);
  expect(parts).toEqual([[], ["Initialization", "Invocation"], [], ["Invocation"]]);
});

test("times are in seconds, and no child begins before its parent", async () => {
  const { call, segments } = withMode("Active");
  await call("f");
  const [service, own] = segments as Record<string, number>[];
  expect(Math.abs(service!.start_time! - Date.now() / 1000)).toBeLessThan(60);
  expect(own!.start_time!).toBeGreaterThanOrEqual(service!.start_time!);
  expect(own!.end_time!).toBeGreaterThanOrEqual(own!.start_time!);
});

test("without a decision an active function samples a new trace", async () => {
  const { call, segments } = withMode("Active");
  const { answer } = await call("f");
  expect(answer).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=1$/);
  expect(answer).toContain(String(segments[0]!.trace_id));
  expect(segments[0]).not.toHaveProperty("parent_id");
});

test("an unsampled trace stays unsampled", async () => {
  const { call, segments } = withMode("Active");
  const { answer } = await call("f", {}, header(0));
  expect(answer).toBe(`Root=${root};Parent=d0ee9531727135a0;Sampled=0`);
  expect(segments).toEqual([]);
});

test.each(["PassThrough", undefined])(
  "with tracing mode %s the header passes and nothing is recorded",
  async (mode) => {
    const { call, segments } = withMode(mode);
    expect((await call("f", {}, header(1))).answer).toBe(`Root=${root};Parent=d0ee9531727135a0;Sampled=1`);
    expect((await call("f")).answer).toMatch(/Sampled=0$/);
    expect(segments).toEqual([]);
  },
);

test("a failure is a fault with its cause", async () => {
  const { call, segments } = withMode("Active", "throw new TypeError('bad')");
  await call("f");
  expect(segments[1]).toMatchObject({
    fault: true,
    cause: { exceptions: [{ type: "TypeError", message: "bad", id: expect.stringMatching(/^[0-9a-f]{16}$/) }] },
  });
});
