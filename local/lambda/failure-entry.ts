import type { LogEntry } from "../log.ts";
import type { ErrorPayload } from "./runtime/messages.ts";

/** A function's failure for the terminal: what it was and, where a stack tells, the line of it. */
export const failureEntry = (
  from: string,
  error: ErrorPayload,
  details: Readonly<Record<string, unknown>>,
): LogEntry => {
  const [firstLine = ""] = error.errorMessage.split("\n");
  const where = placeOf(error.trace);
  return {
    level: "error",
    from,
    message: `${error.errorType}: ${firstLine}${where ? ` (${where})` : ""}`,
    details: { ...details, errorType: error.errorType, ...(error.trace?.length && { stack: error.trace.join("\n") }) },
  };
};

/** `functions/publish.ts:12`: the first frame outside of Node and of packages, or the first at all. */
const placeOf = (trace: readonly string[] = []): string | undefined => {
  const frames = trace
    .map((line) => /^\s*at .*?\(?((?:file:\/\/)?\/[^()]*?|[A-Za-z]:\\[^()]*?):(\d+)(?::\d+)?\)?$/.exec(line))
    .filter((match) => match !== null);
  const own = frames.find(([, file]) => !file?.includes("/node_modules/")) ?? frames[0];
  if (!own?.[1]) return undefined;
  return `${own[1]
    .replace(/^file:\/\//, "")
    .split(/[\\/]/)
    .slice(-2)
    .join("/")}:${own[2]}`;
};
