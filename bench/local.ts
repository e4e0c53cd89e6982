import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import type { Report } from "./report.ts";
import type { Load, Seen } from "./room-load.ts";
import { startRuntime } from "./runtime-process.ts";

const PATIENCE_MS = 20_000;

/**
 * One room of many members on the local runtime, the load in a process of its own. Fails unless every member gets
 * every message.
 */
export const local = async (args: string[]): Promise<Report> => {
  const { values } = parseArgs({
    args,
    options: { members: { type: "string", default: "1000" }, messages: { type: "string", default: "5" } },
  });
  const members = count("--members", values.members);
  const messages = count("--messages", values.messages);
  const directory = await mkdtemp(join(tmpdir(), "bench-local-"));
  try {
    const runtime = await startRuntime(directory);
    try {
      const { endpoint, readyMs } = runtime;
      const seen = await load({ endpoint, members, messages, room: "bench", patienceMs: PATIENCE_MS });
      return report(members, messages, readyMs, seen, await runtime.memoryBytes());
    } finally {
      await runtime.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

const count = (option: string, text: string): number => {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`${option} is a whole number from 1, not ${JSON.stringify(text)}`);
};

const load = async (what: Load): Promise<Seen> => {
  const program = fileURLToPath(new URL("load.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(what)]);
  return JSON.parse(stdout);
};

const report = (members: number, messages: number, readyMs: number, seen: Seen, memoryBytes: number): Report => ({
  figures: { members, messages, readyMs, ...seen, memoryBytes },
  lines: [
    `ready after         ${readyMs} ms`,
    `connected           ${members} members and a publisher, ${seen.connectsPerSecond} a second`,
    `delivered           ${seen.deliveries} of ${members * messages}, ${seen.repeats} repeats`,
    `deliveries a second ${seen.deliveriesPerSecond}`,
    `publish to ack      ${seen.ackMs.median} ms median, ${seen.ackMs.p99} ms p99`,
    `publish to a member ${seen.deliveryMs.median} ms median, ${seen.deliveryMs.p99} ms p99`,
    `publish to the last ${seen.lastMs.median} ms median, ${seen.lastMs.p99} ms p99 of ${messages} messages`,
    `memory              ${Math.round(memoryBytes / 1e6)} MB, the runtime and what it has started`,
  ],
  failures: seen.missing > 0 ? [`${seen.missing} deliveries are missing`] : [],
});
