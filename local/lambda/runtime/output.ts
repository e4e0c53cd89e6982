import { consoleLine, isKept, isWanted, type Level, type LineStyle } from "./log-lines.ts";

const methods = { trace: "TRACE", debug: "DEBUG", info: "INFO", log: "INFO", warn: "WARN", error: "ERROR" } as const;

/**
 * Puts a function's `console`, `process.stdout` and `process.stderr` on `write`, one call a log event. It is done
 * here rather than over the worker's streams because those arrive later than the result and are lost when the worker
 * is terminated: a line written just before a hang is the one that explains it.
 */
export const captureOutput = (
  style: LineStyle,
  requestId: () => string | undefined,
  write: (line: string) => void,
): void => {
  for (const [method, level] of Object.entries(methods) as [keyof typeof methods, Level][]) {
    console[method] = (...values: unknown[]) => {
      if (isWanted(level, style)) write(consoleLine(style, new Date(), requestId(), level, values));
    };
  }
  for (const stream of [process.stdout, process.stderr]) {
    let rest = "";
    stream.write = (chunk: string | Uint8Array, ...more: unknown[]) => {
      const lines = (rest + (typeof chunk === "string" ? chunk : Buffer.from(chunk).toString())).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line && isKept(line, style)) write(line);
      const done = more.find((argument) => typeof argument === "function");
      if (done) process.nextTick(done as () => void);
      return true;
    };
  }
};
