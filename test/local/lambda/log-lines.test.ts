import { afterEach, expect, test } from "vitest";
import { lambdaFunction, runFunctions } from "../../support/functions.ts";

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});
const withBody = (body: string, properties: object = {}) => {
  const running = runFunctions({ "f.mjs": `export const handler = async () => { ${body} };` }, [
    lambdaFunction("f", properties),
  ]);
  ended.push(running.end);
  return running;
};
const json = (more: object = {}) => ({ LoggingConfig: { LogFormat: "JSON", LogGroup: "chat-logs", ...more } });

test("text lines carry time, request id and level", async () => {
  const { call, written } = withBody("console.warn('%d members', 3); console.log({ a: 1 })");
  const { requestId } = await call("f");
  const [first, second] = written();
  expect(first).toMatch(new RegExp(`^\\d{4}-.*Z\\t${requestId}\\tWARN\\t3 members$`));
  expect(second).toMatch(/\tINFO\t\{ a: 1 \}$/);
});

test("in JSON format a console line becomes an object, in the function's own log group", async () => {
  const { call, lines, written } = withBody(
    "console.error('no', new TypeError('why')); console.log({ a: 1n })",
    json(),
  );
  const { requestId } = await call("f");
  expect(new Set(lines.map(({ logGroup }) => logGroup))).toEqual(new Set(["chat-logs"]));
  const [first, second] = written().map((line) => JSON.parse(line));
  expect(first).toMatchObject({ level: "ERROR", requestId, errorType: "TypeError", errorMessage: "why" });
  expect(second).toMatchObject({ level: "INFO", message: "{ a: 1n }" });
});

test("a line that is JSON already passes unchanged, as Powertools writes it", async () => {
  const line = JSON.stringify({ level: "INFO", message: "posted", room: "lobby" });
  const { call, written } = withBody(`process.stdout.write(${JSON.stringify(`${line}\n`)})`, json());
  await call("f");
  expect(written()).toEqual([line]);
});

test("lines below the application's level are dropped", async () => {
  const raw = (level: string) => `process.stdout.write(JSON.stringify({ level: '${level}', message: 'raw' }) + '\\n');`;
  const body = `console.info('low'); console.error('high'); ${raw("INFO")} ${raw("WARN")}`;
  const { call, written } = withBody(body, json({ ApplicationLogLevel: "WARN" }));
  await call("f");
  expect(written().map((line) => JSON.parse(line).message)).toEqual(["high", "raw"]);
});

test("a line in pieces is one line", async () => {
  const { call, written } = withBody(
    "process.stdout.write('one '); process.stderr.write('other\\n'); process.stdout.write('line\\n')",
  );
  await call("f");
  expect(written()).toEqual(["other", "one line"]);
});

test("what was written before a hang is kept", async () => {
  const { call, written } = withBody("console.log('about to hang'); for (;;);", { Timeout: 1 });
  await call("f");
  expect(written()).toEqual([expect.stringContaining("about to hang")]);
});

test("Lambda reports each invocation, and at system level WARN only the failing ones", async () => {
  const types = ({ lines }: ReturnType<typeof withBody>) =>
    lines.filter(({ line }) => line.includes("platform.")).map(({ line }) => JSON.parse(line).type);
  const quiet = withBody("console.info('ours'); return 1", json({ SystemLogLevel: "WARN" }));
  const failing = withBody("throw new Error('x')", json({ SystemLogLevel: "WARN" }));
  const usual = withBody("return 1", json());
  for (const each of [quiet, failing, usual]) await each.call("f");
  expect([quiet, failing, usual].map(types)).toEqual([[], ["platform.report"], ["platform.start", "platform.report"]]);
  expect(quiet.lines).toMatchObject([{ line: expect.stringContaining("ours") }]);
});
