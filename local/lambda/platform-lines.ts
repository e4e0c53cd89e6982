import type { FunctionProperties } from "./resources.ts";

/** What Lambda's own lines tell of an invocation. */
interface Report {
  readonly requestId: string;
  readonly durationMs: number;
  readonly initMs?: number | undefined;
  readonly memorySize: number;
  readonly memoryBytes: number;
  /** The error's type where it failed. */
  readonly errorType?: string | undefined;
}

type LoggingConfig = FunctionProperties["LoggingConfig"];

/** Lambda's line before an invocation; in JSON its level is INFO. */
export const startLine = (config: LoggingConfig, requestId: string, at: number): string[] => {
  if (config.LogFormat === "Text") return [`START RequestId: ${requestId} Version: $LATEST`];
  if (config.SystemLogLevel === "WARN") return [];
  return [platformEvent(at, "platform.start", { requestId, version: "$LATEST" })];
};

/**
 * Lambda's lines after an invocation. In JSON the level is INFO where it succeeded, WARN where it failed: that is what
 * `SystemLogLevel` WARN leaves. Text has no levels.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 */
export const reportLines = (config: LoggingConfig, report: Report, at: number): string[] => {
  const { requestId, initMs, memorySize, errorType } = report;
  const memoryUsed = Math.ceil(report.memoryBytes / 1_048_576);
  const durationMs = Math.round(report.durationMs * 100) / 100;
  const billed = Math.ceil(report.durationMs + (initMs ?? 0));
  if (config.LogFormat === "Text") {
    const fields = [
      `REPORT RequestId: ${requestId}`,
      `Duration: ${durationMs} ms`,
      `Billed Duration: ${billed} ms`,
      `Memory Size: ${memorySize} MB`,
      `Max Memory Used: ${memoryUsed} MB`,
      ...(initMs === undefined ? [] : [`Init Duration: ${initMs} ms`]),
      ...(errorType ? ["Status: error", `Error Type: ${errorType}`] : []),
    ];
    return [`END RequestId: ${requestId}`, fields.join("\t")];
  }
  if (config.SystemLogLevel === "WARN" && !errorType) return [];
  const metrics = {
    durationMs,
    billedDurationMs: billed,
    memorySizeMB: memorySize,
    maxMemoryUsedMB: memoryUsed,
    ...(initMs !== undefined && { initDurationMs: initMs }),
  };
  const status = errorType ? { status: "error", errorType } : { status: "success" };
  return [platformEvent(at, "platform.report", { requestId, metrics, ...status })];
};

const platformEvent = (at: number, type: string, record: object): string =>
  JSON.stringify({ time: new Date(at).toISOString(), type, record });
