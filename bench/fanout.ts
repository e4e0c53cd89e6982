import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { boundMs, floorOf } from "./model/floor.ts";
import type { Served } from "./model/measure.ts";
import { type Job, measureAll } from "./model/measure-all.ts";
import { STRATEGIES } from "./model/strategies/all.ts";
import { count } from "./options.ts";
import { costPerMillion, timeToLast } from "./plots/fanout.ts";
import { type Report, table } from "./report.ts";

const PLOTS = fileURLToPath(new URL("../docs/plots", import.meta.url));

/** From how many members on the promises of `docs/cost-and-scale.md` are kept. */
const LARGE = 1_000;
const MOST_DOLLARS = 1.35;

const LEGEND = [
  "floor: one member by the same services, each at its median, and what the tightest quota needs for all",
  "last cold: where no function had an environment yet; all else is warm. Dollars are without egress.",
  "Where AWS publishes no latency it is assumed, for all alike: bench/model/figures.ts says where.",
];

/** A row of the table. Milliseconds count from the frame that publishes; null where nobody was reached. */
export interface Row {
  readonly strategy: string;
  readonly members: number;
  readonly firstMs: number | null;
  readonly medianMs: number | null;
  readonly lastMs: number | null;
  /** `lastMs` where no environment of any function was there before. */
  readonly coldLastMs: number | null;
  readonly refused: number;
  /** US dollars, all but egress. */
  readonly costPerMillion: number | null;
}

/**
 * One message to rooms of several sizes by every strategy, on the model of AWS, in virtual time; and plots of it, beside
 * the rows they are of. Fails where ours is slower or dearer than was promised, or leaves somebody out.
 */
export const fanout = async (args: string[]): Promise<Report> => {
  const { values } = parseArgs({
    args,
    options: {
      members: { type: "string", default: "1000,10000,100000" },
      seed: { type: "string", default: "7" },
      pace: { type: "string", default: "1" },
      plots: { type: "string", default: PLOTS },
    },
  });
  const sizes = values.members.split(",").map((text) => count("--members", text));
  const seed = count("--seed", values.seed);
  const pace = Number(values.pace);
  if (!(pace > 0)) throw new Error(`--pace is a number above 0, not ${JSON.stringify(values.pace)}`);
  const rows = await fanoutRows(sizes, seed, pace);
  await mkdir(values.plots, { recursive: true });
  await writeFile(join(values.plots, "fanout.json"), `${JSON.stringify({ rows })}\n`);
  await writeFile(join(values.plots, "time-to-last.svg"), timeToLast(rows));
  await writeFile(join(values.plots, "cost-per-million.svg"), costPerMillion(rows));
  return {
    figures: { seed, pace },
    verdict: { rows },
    lines: [...tableOf(rows), ...STRATEGIES.map(({ name, what }) => `${name}: ${what}`), ...LEGEND, ...unbeaten(rows)],
    failures: sizes.flatMap((members) => brokenPromises(rows, members, pace)),
  };
};

/** Every strategy in rooms of every size, and the floor. The same seed gives the same rows. */
export const fanoutRows = async (sizes: readonly number[], seed: number, pace = 1): Promise<Row[]> => {
  const jobs = sizes.flatMap((members) =>
    STRATEGIES.filter(({ largest = members }) => members <= largest).flatMap(({ name: strategy }) =>
      [true, false].map((isWarm): Job => ({ strategy, members, seed, pace, isWarm })),
    ),
  );
  const served = await measureAll(jobs);
  const rows = jobs.flatMap(({ members, strategy, isWarm }, index): Row[] => {
    const [warm, cold] = served.slice(index);
    if (!isWarm || !warm || !cold) return [];
    return [{ strategy, members, ...rounded(warm), coldLastMs: whole(cold.lastMs), refused: warm.refused }];
  });
  return sizes.flatMap((size) => [
    ...rows.filter(({ members }) => members === size),
    { strategy: "floor", members: size, ...rounded(floorOf(size, pace)), coldLastMs: null, refused: 0 },
  ]);
};

const rounded = ({ firstMs, medianMs, lastMs, costPerMillion }: Omit<Served, "refused">) => ({
  firstMs: whole(firstMs),
  medianMs: whole(medianMs),
  lastMs: whole(lastMs),
  costPerMillion: Number.isFinite(costPerMillion) ? Math.round(costPerMillion * 1e3) / 1e3 : null,
});

const whole = (ms: number) => (Number.isNaN(ms) ? null : Math.round(ms));

const tableOf = (rows: readonly Row[]): string[] =>
  table([
    ["strategy", "members", "first ms", "median ms", "last ms", "last cold", "refused", "$ a million"],
    ...rows.map((row) => [
      ...[row.strategy, row.members, row.firstMs ?? "-", row.medianMs ?? "-", row.lastMs ?? "-"],
      ...[row.coldLastMs ?? "-", row.refused, row.costPerMillion?.toFixed(3) ?? "-"],
    ]),
  ]);

/** Who serves a large room wholly and sooner than ours. */
const unbeaten = (rows: readonly Row[]): string[] =>
  rows
    .filter(({ strategy, members, refused }) => strategy !== "floor" && members >= LARGE && refused === 0)
    .filter(({ members, lastMs }) => (lastMs ?? 0) < (ours(rows, members).lastMs ?? 0))
    .map(({ strategy, members, lastMs }) => `not beaten: ${strategy} at ${members} members, ${lastMs} ms`);

const brokenPromises = (rows: readonly Row[], members: number, pace: number): string[] => {
  const { lastMs, refused, costPerMillion } = ours(rows, members);
  const bound = Math.round(boundMs(members, pace));
  const large = members >= LARGE;
  return [
    ...(refused > 0 ? [`roomcast left out ${refused} of ${members} members`] : []),
    ...(large && (lastMs ?? 0) > bound ? [`roomcast took ${lastMs} ms for ${members} members, over ${bound}`] : []),
    ...(large && (costPerMillion ?? 0) > MOST_DOLLARS
      ? [`roomcast costs $${costPerMillion} a million deliveries to ${members} members, over $${MOST_DOLLARS}`]
      : []),
  ];
};

const ours = (rows: readonly Row[], size: number): Row =>
  rows.find(({ strategy, members }) => strategy === "roomcast" && members === size)!;
