import { parseArgs } from "node:util";
import { oneByOne } from "./load-process.ts";
import { onRuntime } from "./on-runtime.ts";
import type { Latencies, Spread } from "./one-by-one.ts";
import { count } from "./options.ts";
import { type Report, table } from "./report.ts";
import { WIDE_LIMITS } from "./wide-limits.ts";

const MEMBERS = 2;
/** Of each kind, some seconds: V8 compiles what runs often, and until then each message takes half as long again. */
const WARM_UP = 100;
const PATIENCE_MS = 10_000;

/**
 * What one message takes on the idle local runtime: until its sender has the ack, and until each of the two others in
 * the room has it. With a `ref` on the frame publishing costs one call to DynamoDB more. Fails where the ack of a frame
 * with a `ref`, which every client of ours sends, takes `--within` milliseconds or more at the median.
 */
export const latency = async (args: string[]): Promise<Report> => {
  const { values } = parseArgs({
    args,
    options: { messages: { type: "string", default: "200" }, within: { type: "string", default: "25" } },
  });
  const messages = count("--messages", values.messages);
  const withinMs = count("--within", values.within);
  const seen = await onRuntime(
    ({ endpoint }) =>
      oneByOne({ endpoint, members: MEMBERS, messages, warmUp: WARM_UP, room: "bench", patienceMs: PATIENCE_MS }),
    WIDE_LIMITS,
  );
  return latencyReport(messages, withinMs, seen);
};

/** The figures for a person, and whether the ack is late. */
export const latencyReport = (messages: number, withinMs: number, seen: Latencies): Report => {
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
      withRef.ackMs.median < withinMs
        ? []
        : [`publish to ack with a ref takes ${withRef.ackMs.median} ms at the median, not under ${withinMs}`],
  };
};
