import { lineChart, type Series } from "./line-chart.ts";

/** What a strategy does in a room of that size: a row of `npm run bench -- fanout --json`. */
export interface FanoutRow {
  readonly strategy: string;
  readonly members: number;
  /** From publish to the last delivery; null where there was none. */
  readonly lastMs: number | null;
  /** Members who were never served. */
  readonly refused: number;
  /** US dollars for a million deliveries; null where there was none. */
  readonly costPerMillion: number | null;
}

/** From publish to the last delivery, by the room's size and the strategy, as an SVG file. */
export const timeToLast = (rows: readonly FanoutRow[]): string =>
  chartOf(rows, {
    title: "From publish to the last delivery",
    label: "time, logarithmic",
    format: duration,
    measured: ({ lastMs }) => lastMs,
  });

/** What a million deliveries cost where everybody is served, by the room's size and the strategy, as an SVG file. */
export const costPerMillion = (rows: readonly FanoutRow[]): string =>
  chartOf(rows, {
    title: "A million deliveries",
    label: `US dollars, logarithmic, egress apart${rows.some(isPartial) ? "; a line ends where not everybody is served" : ""}`,
    format: dollars,
    measured: (row) => (isPartial(row) ? null : row.costPerMillion),
  });

const isPartial = ({ refused }: FanoutRow) => refused > 0;

interface Measure {
  readonly title: string;
  readonly label: string;
  readonly format: (value: number) => string;
  readonly measured: (row: FanoutRow) => number | null;
}

const chartOf = (rows: readonly FanoutRow[], { title, label, format, measured }: Measure): string => {
  const sorted = rows.toSorted((a, b) => a.members - b.members);
  const most = sorted.at(-1)?.members ?? 0;
  const atMost = sorted.filter(({ members }) => members === most).map((row) => told(row, measured(row), format));
  return lineChart({
    title,
    description: `By the members of the room. At ${count(most)}: ${atMost.join(", ")}.`,
    x: { label: "members of the room, logarithmic", format: count },
    y: { label, format },
    partial: "hollow: not everybody is served",
    series: [...Map.groupBy(sorted, ({ strategy }) => strategy)].map(([name, own]) => ({
      name,
      role: roleOf(name),
      points: own.flatMap((row) => {
        const y = measured(row);
        return y ? [{ x: row.members, y, partial: isPartial(row) }] : [];
      }),
    })),
  });
};

const told = (row: FanoutRow, value: number | null, format: (value: number) => string): string => {
  const figure = value ? ` ${format(value)}` : "";
  return `${row.strategy}${figure}${isPartial(row) ? " (not everybody is served)" : ""}`;
};

const roleOf = (strategy: string): Series["role"] => {
  if (strategy === "roomcast") return "ours";
  return strategy === "floor" ? "limit" : "other";
};

const count = (value: number) => value.toLocaleString("en-US");

/** Milliseconds, as a person says them. */
const duration = (ms: number) => (ms < 1000 ? `${significant(ms)} ms` : `${significant(ms / 1000)} s`);

const dollars = (value: number) => `$${value >= 100 ? Math.round(value).toLocaleString("en-US") : value.toFixed(2)}`;

const significant = (value: number) => Number(value.toPrecision(3)).toLocaleString("en-US");
