import type { LogEntry } from "../log.ts";

const levels = new Map<unknown, LogEntry["level"]>([
  ["TRACE", "debug"],
  ["DEBUG", "debug"],
  ["INFO", "info"],
  ["WARN", "warn"],
  ["ERROR", "error"],
  ["CRITICAL", "error"],
  ["FATAL", "error"],
]);

/** Fields of Powertools' Logger and of Lambda's own JSON that say nothing a reader of the terminal doesn't know. */
const known = new Set([
  "level",
  "message",
  "timestamp",
  "service",
  "sampling_rate",
  "cold_start",
  "function_name",
  "function_arn",
  "function_memory_size",
  "xray_trace_id",
  "_aws",
]);

/**
 * One log event as one entry: a JSON object (Powertools', Lambda's) by its `level` and `message`, the rest as
 * details; text as it is. Embedded metrics that say nothing else are for a machine, and at level `debug`.
 */
export const entryOf = (line: string, from: string): LogEntry => {
  const fields = objectIn(line);
  if (!fields) return textEntry("info", from, line, {});
  const details = Object.fromEntries(Object.entries(fields).filter(([name]) => !known.has(name)));
  if ("_aws" in fields && !("message" in fields)) return { level: "debug", from, message: "metrics", details };
  const level = levels.get(fields.level) ?? "info";
  const { message, type } = fields;
  if (typeof message === "string") return textEntry(level, from, message, details);
  if (message === undefined) return { level, from, message: String(type ?? "event"), details };
  const title = typeof message === "object" && message && "errorMessage" in message ? message.errorMessage : undefined;
  return textEntry(
    level,
    from,
    String(title ?? JSON.stringify(message)),
    title ? { ...details, error: message } : details,
  );
};

/** An entry's message is one line: the others go with it. */
const textEntry = (
  level: LogEntry["level"],
  from: string,
  text: string,
  details: Readonly<Record<string, unknown>>,
): LogEntry => {
  const [message = "", ...more] = text.split(/\r\n|\r|\n/);
  const all = more.length > 0 ? { ...details, text: more.join("\n") } : details;
  return { level, from, message, ...(Object.keys(all).length > 0 && { details: all }) };
};

const objectIn = (line: string): Record<string, unknown> | undefined => {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};
