import type { JsonObject } from "../json.ts";
import type { Outcome } from "./asl/interpret.ts";
import type { StartedExecution } from "./executions.ts";
import type { Machine } from "./machine.ts";

/** A synchronous execution that has ended. */
export interface EndedExecution {
  readonly machine: Machine;
  readonly execution: StartedExecution;
  /** JSON text. */
  readonly input: string;
  readonly outcome: Outcome;
  /** Unix time in milliseconds. */
  readonly stoppedAt: number;
  /** Whether the caller wants input and output. */
  readonly included: boolean;
}

/**
 * What StartSyncExecution answers: also an execution that failed is a success of the call.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html
 */
export const syncAnswer = ({ machine, execution, input, outcome, stoppedAt, included }: EndedExecution): JsonObject => {
  const details = { included };
  const milliseconds = stoppedAt - execution.startedAt;
  return {
    executionArn: execution.executionArn,
    stateMachineArn: machine.arn,
    name: execution.name,
    startDate: execution.startedAt / 1000,
    stopDate: stoppedAt / 1000,
    // The API knows three ways to end; a runtime that stops is a failed execution to who waits for one.
    status: outcome.status === "ABORTED" ? "FAILED" : outcome.status,
    inputDetails: details,
    ...(included ? { input } : {}),
    ...endedBy(outcome, included),
    // Express is billed by 100 ms and 64 MB; executions as small as those here use the first 64.
    billingDetails: { billedDurationInMilliseconds: Math.ceil(milliseconds / 100) * 100, billedMemoryUsedInMB: 64 },
  };
};

const endedBy = (outcome: Outcome, included: boolean): JsonObject => {
  if (outcome.status === "SUCCEEDED")
    return { outputDetails: { included }, ...(included ? { output: JSON.stringify(outcome.output) } : {}) };
  const { error, cause } = outcome;
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
};
