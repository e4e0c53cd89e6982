import { parseArgs } from "node:util";
import { startWithFaults } from "./chaos/runtime-with-faults.ts";
import { chaosLoad } from "./load-process.ts";
import { inDirectory } from "./on-runtime.ts";
import { count } from "./options.ts";
import type { Report } from "./report.ts";

const KILLS = 3;
const PATIENCE_MS = 120_000;

/**
 * A room on a runtime in which everything goes wrong that can be made to, killed three times meanwhile. Fails unless
 * every member's application gets every acked message once and in order.
 */
export const chaos = async (args: string[]): Promise<Report> => {
  const { values } = parseArgs({
    args,
    options: {
      members: { type: "string", default: "100" },
      messages: { type: "string", default: "1000" },
      seed: { type: "string", default: "1" },
    },
  });
  const members = count("--members", values.members);
  const messages = count("--messages", values.messages);
  const seed = count("--seed", values.seed);
  return inDirectory(async (directory) => {
    // Of joins, publishes, pings and history there are several times as many, so that the kills fall into the run.
    const killAfter = 2 * members + messages;
    const runtime = await startWithFaults(directory, { seed, killAfter, kills: KILLS });
    try {
      const { endpoint } = runtime;
      const seen = await chaosLoad({ endpoint, members, messages, seed, patienceMs: PATIENCE_MS });
      return chaosReport({ members, messages, seed, kills: runtime.kills() }, seen);
    } finally {
      await runtime.stop();
    }
  });
};

interface Ran {
  readonly members: number;
  readonly messages: number;
  readonly seed: number;
  readonly kills: number;
}

/** What was seen, and whether anything was lost, doubled or out of order. */
export const chaosReport = (
  ran: Ran,
  { verdict, frames, connections, missed, unacked, seconds }: Awaited<ReturnType<typeof chaosLoad>>,
): Report => {
  const { acked, lost, duplicated, reordered } = verdict;
  const byType = Object.entries(frames).map(([type, number]) => `${number} ${type}`);
  return {
    figures: { ...ran, seconds: Math.round(seconds), connections, frames, missed, unacked },
    verdict,
    lines: [
      `members     ${ran.members}, seed ${ran.seed}`,
      `took        ${Math.round(seconds)} s; the runtime was killed ${ran.kills} times`,
      `connections ${connections}`,
      `frames      ${byType.join(", ")}`,
      `acked       ${acked} of ${ran.messages}`,
      `lost        ${lost}`,
      `duplicated  ${duplicated}`,
      `reordered   ${reordered}`,
    ],
    failures: [
      ...(lost + duplicated + reordered > 0
        ? ["an application did not get every acked message once and in order"]
        : []),
      ...(missed > 0 ? [`applications were told that ${missed} messages are gone`] : []),
      ...(unacked.length > 0 ? [`${unacked.length} publishes were not acked, such as ${unacked[0]}`] : []),
    ],
  };
};
