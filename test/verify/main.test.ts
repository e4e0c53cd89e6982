import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startRoomcast } from "../support/roomcast.ts";

const program = fileURLToPath(new URL("../../verify/main.ts", import.meta.url));

let folder: string;
let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "verify-test-"));
  roomcast = await startRoomcast();
});
afterAll(async () => {
  await roomcast.stop();
  await rm(folder, { recursive: true });
});

/** Runs the command line to its end. */
const run = async (...args: string[]) => {
  const child = spawn(process.execPath, [program, ...args]);
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [exitCode] = await once(child, "close");
  const [stdout, stderr] = await said;
  return { exitCode, stdout, stderr };
};

test("a system that works ends with exit code 0 and a report to keep", async () => {
  const file = join(folder, "report.md");
  const { exitCode, stdout } = await run("--endpoint", roomcast.endpoint, "--report", file);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^yes +A message is acked, and reaches the other member/);
  expect(stdout).toContain("of the 10 that must hold, none fails");
  const report = await readFile(file, "utf8");
  expect(report).toContain(`# Roomcast-dev, verified\n\n${roomcast.endpoint}, `);
  expect(report).toContain(", from outside only\n");
  expect(report).toMatch(/\n\| What one room gets never shows in another \| yes \| .+ \|\n/);
});

test("an endpoint where nobody serves fails what must hold, with exit code 1 and the reason in the report", async () => {
  const file = join(folder, "report.md");
  const { exitCode, stdout } = await run("--endpoint", `${roomcast.endpoint}-elsewhere`, "--report", file);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^NO +A message is acked/);
  expect(await readFile(file, "utf8")).toContain("| no | Unexpected server response: ");
});

test.each([
  ["no endpoint", [], '--endpoint is "": it is where clients connect, wss://{api}/{stage}, or'],
  ["an endpoint without a stage", ["--endpoint", "wss://api"], '--endpoint is "wss://api": it is where'],
  [
    "a domain's stack that is nowhere",
    ["--endpoint", "wss://a.example", "--stack", "R", "--data", "nowhere"],
    "No Roomcast",
  ],
  ["two places", ["--endpoint", "wss://api/dev", "--aws", "--data", "x"], "give one of them"],
  ["a folder nobody runs on", ["--endpoint", "wss://api/dev", "--data", "nowhere"], "No Roomcast runs on nowhere"],
])("%s is refused with one line", async (_what, args, sentence) => {
  const { exitCode, stderr } = await run(...args);
  expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^[^\n]+\n$/)]);
  expect(stderr).toContain(sentence);
});
