import { priceOf } from "../../model/prices.ts";
import type { FanoutRow } from "../../plots/fanout.ts";
import { costLines } from "../lines.ts";
import { byNews, byPing, byRoom, bySaving, millionIn, SIZES } from "./cost-tables.ts";
import { latenciesTable, pricesTable } from "./fact-tables.ts";
import { markdownTable } from "./marked.ts";

/** A row of `npm run bench -- fanout --json`, as far as the page tells it. */
export interface Timed extends FanoutRow {
  readonly firstMs: number | null;
  readonly medianMs: number | null;
  readonly coldLastMs: number | null;
}

/** The workload that the page has for an example. */
const EXAMPLE = { members: 10_000, rooms: 1, messagesPerDay: 50_000, dataBytes: 256, pingSeconds: 120 };

/** The parts of `docs/cost-and-scale.md` that are generated, by name. @param timed what the model of AWS has found */
export const parts = (timed: readonly Timed[]): Record<string, string> => ({
  rooms: markdownTable(byRoom()),
  savings: markdownTable(bySaving()),
  pings: markdownTable(byPing()),
  presence: markdownTable(byNews()),
  month: ["```", ...costLines(EXAMPLE), "```"].join("\n"),
  times: markdownTable(timesTable(timed)),
  prices: markdownTable(pricesTable()),
  latencies: markdownTable(latenciesTable()),
});

/** What a million deliveries cost in rooms of every size, by formula, for a plot. */
export const costRows = (): FanoutRow[] =>
  SIZES.flatMap((members) => {
    const row = { members, lastMs: null, refused: 0 };
    return [
      { ...row, strategy: "roomcast", costPerMillion: priceOf(millionIn(members)) },
      { ...row, strategy: "floor", costPerMillion: 1 },
    ];
  });

const seconds = (ms: number | null) => (ms === null ? "" : `${(ms / 1000).toFixed(2)} s`);

const timesTable = (rows: readonly Timed[]): string[][] => [
  ["strategy", "members", "first", "median", "last", "last, all cold", "not served", "a million deliveries"],
  ...rows.map(({ strategy, members, firstMs, medianMs, lastMs, coldLastMs, refused, costPerMillion }) => [
    strategy === "roomcast" ? `**${strategy}**` : strategy,
    members.toLocaleString("en-US"),
    ...[firstMs, medianMs, lastMs, coldLastMs].map(seconds),
    refused === 0 ? "" : refused.toLocaleString("en-US"),
    refused === 0 && costPerMillion !== null ? `$${costPerMillion.toFixed(2)}` : "",
  ]),
];
