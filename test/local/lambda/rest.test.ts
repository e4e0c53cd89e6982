import { InvokeCommand, type InvokeCommandInput, LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lambdaFunction, operator, runFunctions } from "../../support/functions.ts";
import { manualClock } from "../../support/manual-clock.ts";
import { serveRest } from "../../support/rest-server.ts";

const clock = manualClock();
const running = runFunctions(
  {
    "echo.mjs": "export const handler = async (event) => { console.log('echoing'); return event }",
    "fail.mjs": "export const handler = async () => { throw new RangeError('bad') }",
  },
  [lambdaFunction("echo"), lambdaFunction("fail")],
  { clock },
);
let server: Awaited<ReturnType<typeof serveRest>>;
let client: LambdaClient;
beforeAll(async () => {
  server = await serveRest(running.rest);
  client = new LambdaClient(server.client);
});
afterAll(async () => {
  client.destroy();
  await server.close();
  await running.end();
});
const invoke = (input: Partial<InvokeCommandInput>) =>
  client.send(new InvokeCommand({ FunctionName: "echo", ...input }));
const text = (payload: Uint8Array | undefined) => new TextDecoder().decode(payload);

test("an unmodified SDK client invokes a function", async () => {
  const { StatusCode, Payload, FunctionError, ExecutedVersion } = await invoke({ Payload: '{"a":1}' });
  expect([StatusCode, FunctionError, ExecutedVersion]).toEqual([200, undefined, "$LATEST"]);
  expect(text(Payload)).toBe('{"a":1}');
});

test("no payload is an empty object", async () => {
  expect(text((await invoke({})).Payload)).toBe("{}");
});

test("a failing handler is a 200 with FunctionError", async () => {
  const { StatusCode, Payload, FunctionError } = await invoke({ FunctionName: "fail" });
  expect([StatusCode, FunctionError]).toEqual([200, "Unhandled"]);
  expect(JSON.parse(text(Payload))).toMatchObject({ errorType: "RangeError", errorMessage: "bad" });
});

test("the log's tail comes with the answer when it is asked for", async () => {
  const { LogResult = "" } = await invoke({ LogType: "Tail" });
  const tail = Buffer.from(LogResult, "base64").toString();
  expect(tail).toMatch(/^START RequestId: .*\n.*\tINFO\techoing\nEND RequestId: .*\nREPORT RequestId: .*128 MB.*\n$/);
  expect((await invoke({})).LogResult).toBeUndefined();
});

test("a dry run runs nothing", async () => {
  const before = running.lines.length;
  expect(await invoke({ InvocationType: "DryRun" })).toMatchObject({ StatusCode: 204 });
  expect(running.lines.length).toBe(before);
});

test("the functions are listed", async () => {
  const { Functions = [] } = await client.send(new ListFunctionsCommand({}));
  expect(Functions.map(({ FunctionName, Handler }) => [FunctionName, Handler])).toEqual([
    ["echo", "echo.handler"],
    ["fail", "fail.handler"],
  ]);
});

test("a call that does not run here is refused by name", async () => {
  const call = { method: "DELETE", path: "/2015-03-31/functions/echo", headers: {}, body: "", principal: operator };
  const { status, body } = await running.rest(call);
  expect([status, JSON.parse(body).Message]).toEqual([404, expect.stringContaining("DELETE")]);
});

test("an asynchronous invocation that fails is tried three times in all", async () => {
  const errors = () => running.logged.filter(({ level }) => level === "error").length;
  const before = errors();
  expect(await invoke({ FunctionName: "fail", InvocationType: "Event" })).toMatchObject({ StatusCode: 202 });
  for (const attempts of [1, 2, 3]) {
    await expect.poll(errors, { timeout: 5000 }).toBe(before + attempts);
    await clock.advance(120_000);
  }
  await expect.poll(() => running.logged.at(-1)).toMatchObject({ level: "warn" });
  expect(errors()).toBe(before + 3);
});

test.each([
  ["an unknown function", { FunctionName: "gone" }, "ResourceNotFoundException", 404],
  ["a payload that is not JSON", { Payload: "{" }, "InvalidRequestContentException", 400],
  [
    "too large an event",
    { Payload: JSON.stringify("x".repeat(1_048_576)), InvocationType: "Event" as const },
    "RequestTooLargeException",
    413,
  ],
])("%s is refused as by Lambda", async (_what, input, name, status) => {
  await expect(invoke(input)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
});
