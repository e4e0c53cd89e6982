import { parseArgs } from "node:util";
import type { SeenInTurn } from "./in-turn.ts";
import { inTurn } from "./load-process.ts";
import { onRuntime } from "./on-runtime.ts";
import { count } from "./options.ts";
import { type Report, table } from "./report.ts";
import { median, quantile } from "./statistics.ts";
import { WIDE_LIMITS } from "./wide-limits.ts";

const PATIENCE_MS = 20_000;
/** V8 compiles what runs often. */
const WARM_UP = 2;

/**
 * What the local runtime's record costs: deliveries a second of one room, of two runtimes that are loaded in turn, one of
 * which records. Fails where a delivery is missing, or the record costs more than `--within` percent of the deliveries a
 * second at the median of the rounds.
 */
export const record = async (args: string[]): Promise<Report> => {
  const { values } = parseArgs({
    args,
    options: {
      members: { type: "string", default: "500" },
      messages: { type: "string", default: "4" },
      rounds: { type: "string", default: "12" },
      within: { type: "string", default: "10" },
    },
  });
  const members = count("--members", values.members);
  const messages = count("--messages", values.messages);
  const rounds = count("--rounds", values.rounds);
  const within = count("--within", values.within);
  const load = { members, messages, rounds, warmUp: WARM_UP, patienceMs: PATIENCE_MS };
  const seen = await onRuntime(
    (on) =>
      onRuntime((off) => inTurn({ ...load, endpoints: [on.endpoint, off.endpoint] }), ["--no-record", ...WIDE_LIMITS]),
    WIDE_LIMITS,
  );
  return recordReport({ members, messages }, within, seen);
};

/** The figures for a person, and whether the record costs too much. */
export const recordReport = (
  load: { readonly members: number; readonly messages: number },
  within: number,
  { deliveriesPerSecond, missing }: SeenInTurn,
): Report => {
  const [on = [], off = []] = deliveriesPerSecond;
  const costs = on.map((perSecond, round) => 100 * (1 - perSecond / (off[round] ?? Number.NaN)));
  const spread = (values: readonly number[]) =>
    [0, 0.25, 0.5, 0.75, 1].map((share) => Number(quantile(values, share).toFixed(1)));
  const cost = median(costs);
  return {
    figures: {
      ...load,
      on,
      off,
      costs: costs.map((one) => Number(one.toFixed(1))),
      costPercent: Number(cost.toFixed(1)),
    },
    lines: table([
      [`${on.length} rounds of ${load.messages} × ${load.members}`, "least", "quarter", "median", "3 quarters", "most"],
      ["deliveries a second, with the record", ...spread(on)],
      ["deliveries a second, without", ...spread(off)],
      ["% that the record costs, by round", ...spread(costs)],
    ]),
    failures: [
      ...(missing > 0 ? [`${missing} deliveries are missing`] : []),
      ...(cost <= within ? [] : [`the record costs ${cost.toFixed(1)} % of the deliveries a second, over ${within}`]),
    ],
  };
};
