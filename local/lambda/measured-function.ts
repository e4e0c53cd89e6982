import { AwsError } from "../aws/error.ts";
import type { Clock } from "../clock.ts";
import type { Metric, PutMetric } from "../cloudwatch/metric.ts";
import type { LambdaFunction } from "./create-function.ts";

interface Needs {
  readonly clock: Pick<Clock, "now">;
  readonly putMetric: PutMetric;
}

/**
 * Measures a function as Lambda does, by the dimension FunctionName. A failure counts at the time of its invocation;
 * one that is throttled is no invocation.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export const measuredFunction = (found: LambdaFunction, { clock, putMetric }: Needs): LambdaFunction => {
  const metric = (name: string, unit = "Count"): Metric => ({
    namespace: "AWS/Lambda",
    name,
    dimensions: { FunctionName: found.name },
    unit,
  });
  const invocations = metric("Invocations");
  const errors = metric("Errors");
  const throttles = metric("Throttles");
  const duration = metric("Duration", "Milliseconds");
  const concurrentExecutions = metric("ConcurrentExecutions");
  let running = 0;

  const invoke: LambdaFunction["invoke"] = async (request) => {
    const at = clock.now();
    running++;
    try {
      const result = await found.invoke(request);
      putMetric(invocations, 1, { at });
      putMetric(errors, result.functionError ? 1 : 0, { at });
      putMetric(throttles, 0, { at });
      putMetric(duration, result.durationMs, { at });
      putMetric(concurrentExecutions, running, { at });
      return result;
    } catch (error) {
      if (error instanceof AwsError && error.name === "TooManyRequestsException") putMetric(throttles, 1, { at });
      throw error;
    } finally {
      running--;
    }
  };
  // Over the function itself, whose reserved concurrency may change.
  return Object.assign(Object.create(found) as LambdaFunction, { invoke });
};
