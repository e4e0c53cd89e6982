import type { JsonObject } from "../json.ts";
import type { HistoryEvent } from "./asl/history.ts";
import type { Machine } from "./machine.ts";

/** Events that are logged at FATAL, ERROR and ALL. https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html */
const fatal = new Set(["ExecutionAborted", "ExecutionFailed", "ExecutionTimedOut"]);

/** Events that are logged at ERROR and ALL, besides the fatal ones. */
const error = new Set([
  ...["EvaluationFailed", "FailStateEntered", "LambdaFunctionFailed", "LambdaFunctionTimedOut"],
  ...["MapIterationFailed", "MapStateFailed", "ParallelStateFailed", "TaskFailed", "TaskTimedOut"],
]);

/** Details that are execution data, and are left out unless `IncludeExecutionData` says otherwise. */
const executionData = new Set([
  ...["input", "inputDetails", "output", "outputDetails", "parameters", "assignedVariables"],
]);

/**
 * Writes an execution's history to the machine's log group as its LoggingConfiguration says: one JSON text an event.
 * @param writeLog takes the log group's ARN, without the `:*` at its end.
 */
export const createExecutionLog = (
  { logging: { Level, IncludeExecutionData, Destinations } }: Machine,
  executionArn: string,
  writeLog: (logGroupArn: string, line: string) => void,
): ((event: HistoryEvent) => void) => {
  const group = Destinations[0]?.CloudWatchLogsLogGroup.LogGroupArn.replace(/:\*$/, "");
  if (group === undefined || Level === "OFF") return () => {};
  const isLogged = (type: string) => Level === "ALL" || fatal.has(type) || (Level === "ERROR" && error.has(type));
  return ({ id, previousId, type, timestamp, details }) => {
    if (!isLogged(type)) return;
    const line = {
      id: String(id),
      type,
      details: IncludeExecutionData ? details() : withoutData(details()),
      previous_event_id: String(previousId),
      event_timestamp: String(timestamp),
      execution_arn: executionArn,
    };
    writeLog(group, JSON.stringify(line));
  };
};

const withoutData = (details: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(details).filter(([name]) => !executionData.has(name)));
