import { format } from "node:util";

const levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;
/** A level of Lambda's advanced logging controls. */
export type Level = (typeof levels)[number];

/** How a function's console writes. */
export interface LineStyle {
  readonly json: boolean;
  /** Lines below it are dropped; text has no levels. */
  readonly atLeast: Level;
}

/** The style that Lambda's variables ask for, as its runtime reads them. */
export const styleOf = (env: Readonly<Record<string, string | undefined>>): LineStyle => {
  const json = env.AWS_LAMBDA_LOG_FORMAT === "JSON";
  const level = levels.find((name) => name === env.AWS_LAMBDA_LOG_LEVEL);
  return { json, atLeast: json && level ? level : "TRACE" };
};

/** Whether a line of this level is written. */
export const isWanted = (level: Level, style: LineStyle): boolean =>
  levels.indexOf(level) >= levels.indexOf(style.atLeast);

const plain = (_key: string, value: unknown) =>
  value instanceof Error
    ? { errorType: value.name, errorMessage: value.message, stackTrace: value.stack?.split("\n"), ...value }
    : value;

/**
 * A call of `console` as Lambda writes it: tab-separated text, or a JSON object with `timestamp`, `level`,
 * `requestId` and `message`, https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export const consoleLine = (
  style: LineStyle,
  at: Date,
  requestId: string | undefined,
  level: Level,
  values: readonly unknown[],
): string => {
  const timestamp = at.toISOString();
  if (!style.json) return [timestamp, requestId, level, format(...values)].join("\t");
  const fields = { timestamp, level, requestId };
  const [message, ...rest] = values;
  const error = rest.find((value) => value instanceof Error);
  if (rest.length > 0) return JSON.stringify({ ...fields, message: format(...values), ...Object(plain("", error)) });
  try {
    return JSON.stringify({ ...fields, message }, plain);
  } catch {
    // JSON has no way to say it (a circle, a BigInt): as text, then.
    return JSON.stringify({ ...fields, message: format(message) });
  }
};

/**
 * Whether Lambda keeps a line that the function wrote past `console` (Powertools does): a JSON object with a level
 * is dropped below the function's own, everything else is kept.
 */
export const isKept = (line: string, style: LineStyle): boolean => {
  if (style.atLeast === "TRACE" || !line.startsWith("{")) return true;
  try {
    const level = levels.find((name) => name === JSON.parse(line).level);
    return level === undefined || isWanted(level, style);
  } catch {
    return true;
  }
};
