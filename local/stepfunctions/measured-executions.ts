import type { Clock } from "../clock.ts";
import type { Metric, PutMetric } from "../cloudwatch/metric.ts";
import type { Json } from "../json.ts";
import type { Outcome } from "./asl/interpret.ts";
import type { StartedExecution, StartOptions } from "./executions.ts";
import type { Machine } from "./machine.ts";

interface Needs {
  readonly clock: Pick<Clock, "now">;
  readonly putMetric: PutMetric;
}

type Start = (machine: Machine, input: Json, options: StartOptions) => StartedExecution;

const nameOf: Readonly<Record<Outcome["status"], string>> = {
  SUCCEEDED: "ExecutionsSucceeded",
  FAILED: "ExecutionsFailed",
  TIMED_OUT: "ExecutionsTimedOut",
  ABORTED: "ExecutionsAborted",
};

/**
 * Measures executions as Step Functions does, by the dimension StateMachineArn.
 * https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
 */
export const measuredStart = (start: Start, { clock, putMetric }: Needs): Start => {
  const made = new Map<string, Metric>();
  const metric = (machine: Machine, name: string, unit = "Count"): Metric => {
    const key = `${name} ${machine.arn}`;
    const known = made.get(key);
    if (known) return known;
    const one = { namespace: "AWS/States", name, dimensions: { StateMachineArn: machine.arn }, unit };
    made.set(key, one);
    return one;
  };
  return (machine, input, options) => {
    const started = start(machine, input, options);
    putMetric(metric(machine, "ExecutionsStarted"), 1);
    started.ended.then(({ status }) => {
      putMetric(metric(machine, nameOf[status]), 1);
      putMetric(metric(machine, "ExecutionTime", "Milliseconds"), clock.now() - started.startedAt);
    });
    return started;
  };
};
