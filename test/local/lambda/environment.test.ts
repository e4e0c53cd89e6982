import { afterEach, expect, test } from "vitest";
import { lambdaFunction, runFunctions } from "../../support/functions.ts";
import { manualClock } from "../../support/manual-clock.ts";

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});
const run = (...made: Parameters<typeof runFunctions>) => {
  const running = runFunctions(...made);
  ended.push(running.end);
  return running;
};
const showEnvironment = "export const handler = async () => process.env";
const countInvocations = "let n = 0; export const handler = async () => ++n";

test("a function has Lambda's variables, the template's, and nothing of the shell", async () => {
  const Variables = { TABLE: "connections", AWS_REGION: "mars" };
  const { call, folder } = run({ "f.mjs": showEnvironment }, [lambdaFunction("f", { Environment: { Variables } })]);
  const { answer } = await call("f");
  expect(answer).toMatchObject({
    TABLE: "connections",
    AWS_REGION: "us-east-1",
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_NAME: "f",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "128",
    AWS_ACCESS_KEY_ID: "AKIATEST",
    AWS_SECRET_ACCESS_KEY: "arn:aws:iam::111122223333:role/f",
    AWS_SESSION_TOKEN: "session",
    AWS_ENDPOINT_URL: "http://127.0.0.1:3000",
    AWS_XRAY_DAEMON_ADDRESS: "127.0.0.1:2000",
    LAMBDA_TASK_ROOT: folder,
  });
  expect(process.env).toHaveProperty("PATH");
  expect(answer).not.toHaveProperty("PATH");
  expect(answer).not.toHaveProperty("HOME");
});

test("a service's endpoint in the template keeps its path and moves to this machine", async () => {
  const Variables = {
    AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: "https://abc.execute-api.us-east-1.amazonaws.com/dev",
    AWS_ENDPOINT_URL_SQS: "https://sqs.us-east-1.amazonaws.com",
    OTHER_URL: "https://example.com/dev",
  };
  const { call } = run({ "f.mjs": showEnvironment }, [lambdaFunction("f", { Environment: { Variables } })]);
  expect((await call("f")).answer).toMatchObject({
    AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: "http://127.0.0.1:3000/dev",
    AWS_ENDPOINT_URL_SQS: "http://127.0.0.1:3000",
    OTHER_URL: "https://example.com/dev",
  });
});

test("what a function does to its environment stays in it", async () => {
  const files = {
    "a.mjs": "export const handler = async () => { process.env.LEAK = globalThis.LEAK = 'a'; }",
    "b.mjs": "export const handler = async () => [process.env.LEAK ?? null, globalThis.LEAK ?? null]",
  };
  const { call } = run(files, [lambdaFunction("a"), lambdaFunction("b")]);
  await call("a");
  expect(await call("b")).toMatchObject({ answer: [null, null] });
  expect(process.env.LEAK).toBeUndefined();
});

test("an environment keeps its state until it was idle for five minutes", async () => {
  const clock = manualClock();
  const { call } = run({ "f.mjs": countInvocations }, [lambdaFunction("f")], { clock });
  expect((await call("f")).answer).toBe(1);
  await clock.advance(4 * 60_000);
  expect((await call("f")).answer).toBe(2);
  await clock.advance(4 * 60_000);
  expect((await call("f")).answer).toBe(3);
  await clock.advance(5 * 60_000);
  expect((await call("f")).answer).toBe(1);
});

test("a warmed function is loaded before its first invocation", async () => {
  const { call, warm, lines } = run({ "f.mjs": `console.log('loaded'); ${countInvocations}` }, [lambdaFunction("f")]);
  await warm();
  expect(lines).toHaveLength(1);
  await call("f");
  expect(lines.find(({ line }) => line.startsWith("REPORT"))!.line).not.toContain("Init Duration");
});

test("an environment that dies between invocations is replaced, and the reason is told", async () => {
  const source =
    "export const handler = async () => { setImmediate(() => { throw new Error('afterwards') }); return 1 }";
  const { call, logged } = run({ "f.mjs": source }, [lambdaFunction("f")]);
  await call("f");
  await expect.poll(() => logged).toHaveLength(1);
  expect(logged[0]).toMatchObject({ level: "error", from: "lambda/f", details: { when: "between invocations" } });
  expect(await call("f")).toMatchObject({ answer: 1 });
});

test("a module that never finishes loading is given up after ten seconds", async () => {
  const clock = manualClock();
  const { call } = run({ "f.mjs": "await new Promise(() => setInterval(() => {}, 1000))" }, [lambdaFunction("f")], {
    clock,
  });
  const waiting = call("f");
  await clock.advance(10_000);
  expect(await waiting).toMatchObject({ functionError: "Unhandled", answer: { errorType: "Sandbox.Timedout" } });
});

test("an invocation's memory and duration are told", async () => {
  const { call } = run({ "f.mjs": "export const handler = async () => 1" }, [lambdaFunction("f")]);
  const { durationMs, memoryBytes } = await call("f");
  expect(durationMs).toBeGreaterThan(0);
  expect(memoryBytes).toBeGreaterThan(1_000_000);
});
