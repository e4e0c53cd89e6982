import type { LogEntry } from "../../local/log.ts";

/** Errors that no input of a client may lead to in a function; other names are refusals, or those of a busy machine. */
const BUGS = /^(Type|Range|Reference|Syntax|URI|Eval|Vali)?Error$/;

/**
 * Whether an entry of the runtime's log tells of a bug: an error with a stack of the runtime's own, or one of
 * JavaScript's in a function, caught or not. That a function was refused something, took too long, or could not post is
 * no such thing.
 */
export const isBug = ({ level, from, details = {} }: LogEntry): boolean => {
  if (level !== "error") return false;
  if (!from.startsWith("lambda/")) return details.stack !== undefined;
  const { errorType, error } = details as { errorType?: string; error?: { name?: string } };
  return BUGS.test(errorType ?? error?.name ?? "");
};

/** An entry from a line of a runtime that logs JSON; undefined for another line. */
export const entryOf = (line: string): LogEntry | undefined => (line.startsWith('{"') ? JSON.parse(line) : undefined);
