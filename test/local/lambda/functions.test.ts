import { transform } from "esbuild";
import { afterEach, expect, test } from "vitest";
import { createFunctions, type FunctionsNeeds } from "../../../local/lambda/functions.ts";
import { lambdaFunction, operator, runFunctions } from "../../support/functions.ts";

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});
const run = (...made: Parameters<typeof runFunctions>) => {
  const running = runFunctions(...made);
  ended.push(running.end);
  return running;
};

/** One function `f` with this body, the event being `event`. */
const withBody = (body: string, properties = {}, needs = {}) =>
  run(
    { "f.mjs": `export const handler = async (event, context) => { ${body} };` },
    [lambdaFunction("f", properties)],
    needs,
  );

test("a handler gets the event and its answer comes back", async () => {
  const { call } = withBody("return { doubled: event.n * 2 }");
  expect(await call("f", { n: 21 })).toMatchObject({ answer: { doubled: 42 } });
});

test.each([
  ["nothing", "", null],
  ["a handler that is not async", "return 1", 1],
  ["text", "return 'hello ☃'", "hello ☃"],
])("%s is an answer", async (_what, body, answer) => {
  const { call } = withBody(body);
  const result = await call("f");
  expect(result.answer).toEqual(answer);
  expect(result.functionError).toBeUndefined();
});

test("the context is that of the invocation", async () => {
  const { call } = withBody("return { ...context, remaining: context.getRemainingTimeInMillis() }", { Timeout: 7 });
  const { answer, requestId } = await call("f");
  expect(answer).toMatchObject({
    awsRequestId: requestId,
    functionName: "f",
    functionVersion: "$LATEST",
    memoryLimitInMB: "128",
    invokedFunctionArn: "arn:aws:lambda:us-east-1:111122223333:function:f",
    logGroupName: "/aws/lambda/f",
  });
  expect(requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(answer.remaining).toBeGreaterThan(0);
  expect(answer.remaining).toBeLessThanOrEqual(7000);
});

test.each([
  ["throws", "throw new TypeError('bad thing')", "TypeError", /^bad thing$/],
  ["throws what is not an error", "throw 'a word'", "string", /^a word$/],
  ["answers with a circle", "const a = {}; a.a = a; return a", "Runtime.JSONStringifyError", /stringify/],
  ["answers with a BigInt", "return 1n", "Runtime.JSONStringifyError", /stringify/],
  ["answers with over 6 MB", "return 'x'.repeat(6291600)", "Function.ResponseSizeTooLarge", /6291556 bytes/],
  ["exits", "process.exit(3)", "Runtime.ExitError", /Runtime exited with error: exit status 3$/],
  ["exits without an error", "process.exit(0)", "Runtime.ExitError", /exited without providing a reason$/],
  [
    "hangs",
    "await new Promise(() => setInterval(() => {}, 1000))",
    "Sandbox.Timedout",
    /timed out after 1.00 seconds$/,
  ],
  ["spins", "for (;;);", "Sandbox.Timedout", /timed out after 1.00 seconds$/],
  [
    "leaves a rejection",
    "Promise.reject(new Error('lost')); await new Promise(() => {})",
    "Runtime.UnhandledPromiseRejection",
    /^Error: lost$/,
  ],
  [
    "throws in a timer",
    "setTimeout(() => { throw new RangeError('late') }); await new Promise(() => {})",
    "RangeError",
    /^late$/,
  ],
  [
    "takes all memory",
    "const all = []; for (;;) all.push(new Array(1e5).fill(all.length))",
    "Runtime.OutOfMemory",
    /signal: killed$/,
  ],
])(
  "a handler that %s fails as on Lambda, and the next invocation is served",
  async (_what, body, errorType, message) => {
    // Only what waits for the timeout gets a short one: the others may take longer than that on a busy machine.
    const Timeout = errorType === "Sandbox.Timedout" ? 1 : 30;
    const { call, logged } = withBody(`if (event.ok) return 'ok'; ${body}`, { Timeout });
    await call("f", { ok: true });
    const failed = await call("f");
    expect(failed).toMatchObject({ functionError: "Unhandled", answer: { errorType } });
    expect(failed.answer.errorMessage).toMatch(message);
    expect(logged).toEqual([expect.objectContaining({ level: "error", from: "lambda/f" })]);
    expect(logged[0]!.message).toContain(errorType);
    expect(await call("f", { ok: true })).toMatchObject({ answer: "ok" });
  },
);

test.each([
  ["a missing file", { "other.mjs": "" }, "Runtime.ImportModuleError", /Cannot find module 'f'/],
  ["a missing import", { "f.mjs": "import './gone.mjs'" }, "Runtime.ImportModuleError", /gone\.mjs/],
  ["a syntax error", { "f.mjs": "export const handler = (" }, "Runtime.UserCodeSyntaxError", /SyntaxError/],
  ["no such export", { "f.mjs": "export const other = 1" }, "Runtime.HandlerNotFound", /f\.handler is undefined/],
  ["no function", { "f.mjs": "export const handler = 1" }, "Runtime.HandlerNotFound", /not a function/],
  [
    "a callback",
    { "f.mjs": "export const handler = (a, b, c) => c()" },
    "Runtime.CallbackHandlerDeprecated",
    /callback/,
  ],
  ["a module that throws", { "f.mjs": "throw new RangeError('at import')" }, "RangeError", /^at import$/],
  ["a module that exits", { "f.mjs": "process.exit(2)" }, "Runtime.ExitError", /exit status 2/],
])("%s is an error of every invocation", async (_what, files, errorType, message) => {
  const { call } = run(files as Record<string, string>, [lambdaFunction("f")]);
  for (const _attempt of [1, 2]) {
    const { functionError, answer } = await call("f");
    expect([functionError, answer.errorType]).toEqual(["Unhandled", errorType]);
    expect(answer.errorMessage).toMatch(message);
  }
});

test("a failure is logged with the line that threw", async () => {
  const { call, logged, lines } = withBody("\n\nthrow new Error('here')");
  await call("f");
  expect(logged[0]!.message).toMatch(/^Error: here \(.*f\.mjs:3\)$/);
  expect(lines.find(({ line }) => line.includes("here"))).toMatchObject({
    logGroup: "/aws/lambda/f",
    writer: "service",
  });
});

test("where the bundle brings its source map, that line is the source's", async () => {
  const source =
    "// a comment\nexport const handler = async (): Promise<void> => {\n  throw new Error('mapped');\n};\n";
  const { code } = await transform(source, { loader: "ts", minify: true, sourcemap: "inline", sourcefile: "src/f.ts" });
  const { call, logged } = run({ "f.mjs": code }, [lambdaFunction("f")]);
  await call("f");
  expect(logged[0]!.message).toBe("Error: mapped (src/f.ts:3)");
});

test("an environment runs one invocation at a time, and is used again", async () => {
  const body =
    "globalThis.busy ? globalThis.overlap = true : 0; globalThis.busy = true;" +
    "await new Promise((r) => setTimeout(r, 5)); globalThis.busy = false;" +
    "globalThis.count = (globalThis.count ?? 0) + 1;" +
    "return { stream: context.logStreamName, overlap: globalThis.overlap ?? false }";
  const { call } = withBody(body, {}, { maxConcurrency: 2 });
  const answers = (await Promise.all(Array.from({ length: 12 }, () => call("f")))).map(({ answer }) => answer);
  expect(answers.some(({ overlap }) => overlap)).toBe(false);
  expect(new Set(answers.map(({ stream }) => stream)).size).toBe(2);
});

test("more invocations than reserved are refused, not queued", async () => {
  const { call } = withBody("return 1", { ReservedConcurrentExecutions: 1 });
  const first = call("f");
  await expect(call("f")).rejects.toMatchObject({ name: "TooManyRequestsException", status: 429 });
  expect(await first).toMatchObject({ answer: 1 });
});

test("an invocation that waits for an environment can be given up", async () => {
  const { call, invoke } = withBody("return 1", {}, { maxConcurrency: 1 });
  const first = call("f");
  const given = new AbortController();
  const second = invoke({ functionName: "f", payload: "{}", principal: operator, signal: given.signal });
  given.abort(new Error("enough"));
  await expect(second).rejects.toThrow("enough");
  expect(await first).toMatchObject({ answer: 1 });
});

test("invocations that wait are served in order", async () => {
  const { call } = withBody("globalThis.n = (globalThis.n ?? 0) + 1; return globalThis.n", {}, { maxConcurrency: 1 });
  const answers = await Promise.all([1, 2, 3, 4].map(() => call("f")));
  expect(answers.map(({ answer }) => answer)).toEqual([1, 2, 3, 4]);
});

test("stopping cuts short what runs, refuses what waits, and is no failure of the function", async () => {
  const { call, stop, logged } = withBody("await new Promise(() => {})", {}, { maxConcurrency: 1 });
  const running = call("f");
  const waiting = expect(call("f")).rejects.toMatchObject({ name: "ServiceException" });
  await stop();
  await waiting;
  expect(await running).toMatchObject({ functionError: "Unhandled" });
  expect(logged).toEqual([]);
});

test.each(["f", "arn:aws:lambda:us-east-1:111122223333:function:f", "111122223333:function:f", "f:$LATEST"])(
  "a function is found by %s",
  async (functionName) => {
    const { call } = withBody("return 1");
    expect(await call(functionName)).toMatchObject({ answer: 1 });
  },
);

test("what Lambda refuses is thrown under its name", async () => {
  const denied = Object.assign(new Error("no"), { name: "AccessDeniedException" });
  const { invoke } = withBody(
    "return 1",
    {},
    {
      authorize: (_who: unknown, [permission]: { action: string; resource: string }[]) => {
        if (permission!.resource.endsWith(":secret")) throw denied;
        expect(permission!.action).toBe("lambda:InvokeFunction");
      },
    },
  );
  const request = (functionName: string, payload = "{}") => invoke({ functionName, payload, principal: operator });
  await expect(request("gone")).rejects.toMatchObject({ name: "ResourceNotFoundException", status: 404 });
  await expect(request("f:live")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await expect(request("secret")).rejects.toBe(denied);
  const large = JSON.stringify("x".repeat(6_291_456));
  await expect(request("f", large)).rejects.toMatchObject({ name: "RequestTooLargeException", status: 413 });
});

test("a function whose role does not trust Lambda is not made", () => {
  const needs: Partial<FunctionsNeeds> = {
    assume: (service) => {
      throw new Error(`no trust in ${service}`);
    },
  };
  expect(() => createFunctions({ ...needs, functions: [lambdaFunction("f")] } as FunctionsNeeds)).toThrow(
    "no trust in lambda.amazonaws.com",
  );
});
