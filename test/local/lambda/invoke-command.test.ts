import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { invokeCommand } from "../../../local/lambda/invoke-command.ts";
import { functionsAt } from "../../../local/lambda/remote.ts";
import { lambdaFunction, runFunctions } from "../../support/functions.ts";
import { serveRest } from "../../support/rest-server.ts";

const echo = "export const handler = async (event) => { if (event.bad) throw new Error('bad'); return event }";
const names = ["Stack-Publish", "Stack-Post", "Stack-Ping"];
const running = runFunctions(
  { "publish.mjs": echo, "post.mjs": echo, "ping.mjs": echo },
  names.map((name, index) =>
    lambdaFunction(name, {
      Handler: `${name.replace("Stack-", "").toLowerCase()}.handler`,
      LoggingConfig: index === 0 ? { LogFormat: "JSON", SystemLogLevel: "WARN" } : { LogFormat: "Text" },
    }),
  ),
);
const folder = mkdtempSync(join(tmpdir(), "events-"));
const event = (text: string) => {
  const file = join(folder, `${Buffer.from(text).toString("hex")}.json`);
  writeFileSync(file, text);
  return file;
};
let server: Awaited<ReturnType<typeof serveRest>>;
beforeAll(async () => {
  server = await serveRest(running.rest);
});
afterAll(async () => {
  await server.close();
  await running.end();
  rmSync(folder, { recursive: true });
});

/** Runs the command against the functions, over HTTP. */
const command = async (...args: string[]) => {
  let printed = "";
  let told = "";
  const code = await invokeCommand(args, {
    open: () => functionsAt({ origin: server.client.endpoint, accessKeyId: "a", secretAccessKey: "b" }),
    print: (text) => {
      printed += text;
    },
    tell: (text) => {
      told += text;
    },
  });
  return { code, printed, told };
};

test.each(["publish", "Stack-Publish", "PUB", "Publish"])("%s is the function publish", async (word) => {
  const { code, printed, told } = await command(word, event('{"a":1}'));
  expect([code, JSON.parse(printed)]).toEqual([0, { a: 1 }]);
  expect(told).toMatch(/^Stack-Publish answered in [\d.]+ ms, with \d+ MB of memory\.\n$/);
});

test("duration and memory are told whatever of its lines Lambda keeps to itself", async () => {
  expect((await command("post", event("{}"))).told).toMatch(/^Stack-Post answered in [\d.]+ ms, with \d+ MB/);
});

test("a failing function prints its error and ends with 1", async () => {
  const { code, printed, told } = await command("ping", event('{"bad":true}'));
  expect([code, JSON.parse(printed)]).toEqual([
    1,
    expect.objectContaining({ errorType: "Error", errorMessage: "bad" }),
  ]);
  expect(told).toMatch(/^Stack-Ping failed/);
});

test.each([
  ["a word that is too short", ["p", event("{}")], '"p" may be any of ping, post, publish: say more of it.'],
  ["an unknown function", ["leave", event("{}")], 'There is no function "leave"; there are ping, post, publish.'],
  ["no event", ["post"], "Usage: npm run invoke -- <function> <event.json>"],
  ["a file that is missing", ["post", "gone.json"], "The event gone.json cannot be read: ENOENT"],
  ["a file that is not JSON", ["post", event("{")], "is not JSON"],
])("%s is one clear sentence", async (_what, args, message) => {
  const error = await command(...args).catch((thrown: Error) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect((error as Error).message).toContain(message);
  expect((error as Error).message).not.toContain("\n");
});
