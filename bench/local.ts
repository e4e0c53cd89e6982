import { parseArgs } from "node:util";
import { roomLoad } from "./load-process.ts";
import { onRuntime } from "./on-runtime.ts";
import { count } from "./options.ts";
import type { Report } from "./report.ts";
import type { Seen } from "./room-load.ts";
import { WIDE_LIMITS } from "./wide-limits.ts";

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
  return onRuntime(async ({ endpoint, readyMs, memoryBytes }) => {
    const seen = await roomLoad({ endpoint, members, messages, room: "bench", patienceMs: PATIENCE_MS });
    return report(members, messages, readyMs, seen, await memoryBytes());
  }, WIDE_LIMITS);
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
