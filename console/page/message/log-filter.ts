import type { LogLine } from "../../contract.ts";

export const LEVELS = ["debug", "info", "warn", "error"] as const satisfies readonly LogLine["level"][];

/** The lines of at least this level in which the text occurs, in any case. */
export const linesOf = (
  lines: readonly LogLine[],
  { least, text }: { readonly least: LogLine["level"]; readonly text: string },
): readonly LogLine[] => {
  const wanted = text.trim().toLowerCase();
  const from = LEVELS.indexOf(least);
  return lines.filter(
    (line) => LEVELS.indexOf(line.level) >= from && (wanted === "" || searched(line).includes(wanted)),
  );
};

const searched = ({ from, message, details }: LogLine) =>
  `${from}\n${message}\n${details ? JSON.stringify(details) : ""}`.toLowerCase();

/** A detail's value as it is read: text as it is, anything else as JSON. */
export const detailText = (value: unknown): string =>
  typeof value === "string" ? value : (JSON.stringify(value, undefined, 2) ?? "");
