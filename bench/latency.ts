import { parseArgs } from "node:util";
import { oneByOne } from "./load-process.ts";
import { onRuntime } from "./on-runtime.ts";
import type { Latencies, Spread } from "./one-by-one.ts";
import { count } from "./options.ts";
import { type Report, table } from "./report.ts";

/** A publisher with a `ref`, as every client of ours sends one, has its ack within this, at the median. */
const MAX_ACK_MS = 25;
const MEMBERS = 2;
const WARM_UP = 20;
const PATIENCE_MS = 10_000;

/**
 * What one message takes on the idle local runtime: until its sender has the ack, and until each of the two others in
 * the room has it. With a `ref` on the frame publishing costs one call to DynamoDB more.
 */
export const latency = async (args: string[]): Promise<Report> => {
  const { values } = parseArgs({ args, options: { messages: { type: "string", default: "200" } } });
  const messages = count("--messages", values.messages);
  const seen = await onRuntime(({ endpoint }) =>
    oneByOne({ endpoint, members: MEMBERS, messages, warmUp: WARM_UP, room: "bench", patienceMs: PATIENCE_MS }),
  );
  return latencyReport(messages, seen);
};

/** The figures for a person, and whether the ack is late. */
export const latencyReport = (messages: number, seen: Latencies): Report => {
  const { withRef, withoutRef } = seen;
  const row = (what: string, { median, p90, p99 }: Spread) => [what, ...[median, p90, p99].map((ms) => ms.toFixed(1))];
  return {
    figures: { messages, ...seen },
    lines: table([
      [`ms of ${messages} each`, "median", "p90", "p99"],
      row("publish to ack, with a ref", withRef.ackMs),
      row("publish to ack, without", withoutRef.ackMs),
      row("publish to delivery, with a ref", withRef.deliveryMs),
      row("publish to delivery, without", withoutRef.deliveryMs),
    ]),
    failures:
      withRef.ackMs.median < MAX_ACK_MS
        ? []
        : [`publish to ack with a ref takes ${withRef.ackMs.median} ms at the median, not under ${MAX_ACK_MS}`],
  };
};
