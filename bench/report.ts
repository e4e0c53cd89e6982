import { availableParallelism, cpus } from "node:os";

/** What a benchmark found: figures for a machine, lines for a person, and what was not reached. */
export interface Report {
  readonly figures: Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
  /** What the benchmark is about, where that is a few counts: the last line of its output as JSON. */
  readonly verdict?: object;
  /** Each makes the benchmark fail. */
  readonly failures: readonly string[];
}

/** Where the figures come from: without it they mean nothing. */
export const machine = () => ({
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cpus: availableParallelism(),
  cpu: cpus()[0]?.model.trim() ?? "unknown",
});

/** A report as one JSON line, or two where it has a verdict; or as text. */
export const written = (benchmark: string, { figures, lines, failures, verdict }: Report, json: boolean): string => {
  const here = machine();
  if (json)
    return [{ benchmark, ...here, ...figures, failures }, ...(verdict ? [verdict] : [])]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join("");
  const where = `${benchmark}: Node ${here.node}, ${here.platform}, ${here.cpus} × ${here.cpu}`;
  return `${[where, ...lines, ...failures.map((failure) => `FAILED: ${failure}`)].join("\n")}\n`;
};

/** Lines of a table, numbers to the right. */
export const table = (rows: readonly (readonly (string | number)[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  return rows.map((row) =>
    row.map((cell, column) => String(cell)[column === 0 ? "padEnd" : "padStart"](widths[column] ?? 0)).join("  "),
  );
};
