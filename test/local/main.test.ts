import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const program = fileURLToPath(new URL("../../local/main.ts", import.meta.url));

/** Runs the command line to its end. */
const run = async (...args: string[]) => {
  const data = await mkdtemp(join(tmpdir(), "main-test-"));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const child = spawn(process.execPath, [program, "--port", "0", "--data", data, ...args]);
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const [exitCode] = await once(child, "close");
  // npm's own warnings may come through while the app is synthesized.
  return { exitCode, lastLine: said.trimEnd().split("\n").at(-1) };
};

/** The URL of a server that is no DynamoDB. */
const webSite = async () => {
  const server = createServer((_request, response) => response.end("<h1>Welcome</h1>"));
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** A URL where nothing listens: of a server that has ended. */
const nowhere = async () => {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  await once(server.close(), "close");
  return `http://127.0.0.1:${port}`;
};

test.each([
  ["is no URL", "localhost:8000", [], 'is "localhost:8000": it is the http:// URL of a DynamoDB'],
  ["is no http URL", "ftp://localhost", [], 'is "ftp://localhost": it is the http:// URL of a DynamoDB'],
  ["is to be emptied", "http://localhost:8000", ["--fresh"], "--fresh empties no tables that are not ours"],
])("a --dynamodb that %s is refused at once, with exit code 1", async (_what, url, more, sentence) => {
  const { exitCode, lastLine } = await run("--dynamodb", url, ...more);
  expect(lastLine).toContain(sentence);
  expect(exitCode).toBe(1);
});

test.each([
  ["is something else", webSite, "it answered 200 and no JSON"],
  ["is not there", nowhere, "connect ECONNREFUSED"],
])("a --dynamodb that %s ends the start with one line and exit code 1", async (_what, server, reason) => {
  const url = await server();
  const { exitCode, lastLine } = await run("--dynamodb", url);
  expect(lastLine).toContain(`There is no DynamoDB at ${url}: ${reason}`);
  expect(exitCode).toBe(1);
});

test.each([
  ["an unknown option", ["--prot", "1"], "Unknown option '--prot'"],
  ["a port that is no number", ["--port", "http"], '--port is "http": it is a whole number from 0 to 65535'],
  ["a port that there is not", ["--port", "65536"], '--port is "65536"'],
  ["a data folder below a file", ["--data", join(program, "data")], "main.ts/data cannot be written: ENOTDIR"],
  ["a data folder that is a file", ["--data", program], "main.ts cannot be written: ENOTDIR"],
])("%s ends the start with one line and exit code 1", async (_what, options, sentence) => {
  const { exitCode, lastLine } = await run(...options);
  expect(lastLine).toContain(sentence);
  expect(exitCode).toBe(1);
});

test("a taken port ends the start with one line and exit code 1", async () => {
  const { port } = new URL(await webSite());
  const { exitCode, lastLine } = await run("--port", port);
  expect(lastLine).toBe(`Port ${port} is taken: stop what listens on it, or choose another`);
  expect(exitCode).toBe(1);
});

test("damaged data ends the start with one line and exit code 1, which says how to go on", async () => {
  const data = await mkdtemp(join(tmpdir(), "main-test-"));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const journal = join(data, "eventbridge", "deliveries.journal");
  await mkdir(join(data, "eventbridge"));
  await writeFile(journal, "this is no journal\nnor this\n");
  const { exitCode, lastLine } = await run("--data", data);
  expect(lastLine).toContain(journal);
  expect(lastLine).toContain("--fresh");
  expect(exitCode).toBe(1);
});

test.each([
  ["the stack's page first", [], /^ {2}Page +(http:\S+)\/\n {2}WebSocket +ws:/m],
  ["where clients connect, of a stack without a page", ["--context", "chatPage=false"], /\n\n {2}WebSocket +ws:/],
])("a start tells %s, and Ctrl-C ends it", async (_what, options, first) => {
  const data = await mkdtemp(join(tmpdir(), "main-test-"));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const child = spawn(process.execPath, [program, "--port", "0", "--data", data, ...options]);
  onTestFinished(() => void child.kill("SIGKILL"));
  const told = await new Promise<string>((resolve) => {
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += chunk;
      if (said.includes("npm run chat")) resolve(said);
    });
  });
  expect(told).toMatch(first);
  child.kill("SIGINT");
  expect(await once(child, "close")).toEqual([0, null]);
});
