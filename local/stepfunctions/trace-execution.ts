import type { JsonObject } from "../json.ts";
import { type Recording, recordSegment } from "../xray/recording.ts";
import { formatTraceHeader, parseTraceHeader, traceId } from "../xray/trace-header.ts";
import type { Outcome } from "./asl/interpret.ts";
import type { Machine } from "./machine.ts";

/** X-Ray, as executions need it. */
export interface Tracing {
  /**
   * Unix time in milliseconds by the clock of the other services, whose segments are below those of a machine: an
   * execution's own clock may run at another speed.
   */
  now(): number;
  /** A string of so many random hex digits. */
  randomHex(digits: number): string;
  /** Whether to trace an execution that nobody has decided on. */
  sample(): boolean;
  /** Takes a segment document. */
  record(document: JsonObject): void;
}

/** What tracing decided about an execution. */
export interface ExecutionTrace {
  /** The `X-Amzn-Trace-Id` of its tasks, where the execution is not recorded. */
  readonly header: string | undefined;
  /** The execution's segment; undefined where nothing is recorded. */
  readonly recording?: Recording;
}

/**
 * Follows the decision of whoever starts an execution, also where the machine's own tracing is off; without a decision
 * a machine with tracing samples. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html
 *
 * The docs say that a machine sends a segment, and name its origin; its fields are ours, after those of Lambda's.
 */
export const traceExecution = (
  incoming: string | undefined,
  machine: Pick<Machine, "arn" | "name" | "tracing">,
  executionArn: string,
  tracing: Tracing,
): ExecutionTrace => {
  const caller = parseTraceHeader(incoming);
  const root = caller?.root ?? traceId(tracing.now(), tracing.randomHex(24));
  const decided = caller?.sampled;
  if (decided === undefined && !machine.tracing) return { header: incoming };
  const sampled = decided ?? tracing.sample();
  const header = formatTraceHeader({ root, parent: caller?.parent, sampled });
  if (!sampled) return { header };
  const fields = {
    origin: "AWS::StepFunctions::StateMachine",
    resource_arn: machine.arn,
    aws: { execution_arn: executionArn },
  };
  const beginning = { traceId: root, parentId: caller?.parent, name: machine.name, fields };
  return { header, recording: recordSegment(beginning, tracing) };
};

/** Closes an execution's segment as the execution ends; one that did not succeed is a fault. */
export const recordingEnd = async (ending: Promise<Outcome>, recording: Recording | undefined): Promise<Outcome> => {
  try {
    const outcome = await ending;
    const failed = outcome.status === "SUCCEEDED" ? undefined : (outcome.error ?? outcome.status);
    recording?.close(failed === undefined ? undefined : { type: failed, as: "fault" });
    return outcome;
  } catch (bug) {
    recording?.close({ type: "States.Runtime", as: "fault" });
    throw bug;
  }
};
