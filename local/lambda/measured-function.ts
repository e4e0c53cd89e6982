import { AwsError } from "../aws/error.ts";
import type { Clock } from "../clock.ts";
import type { Metric, PutMetric } from "../cloudwatch/metric.ts";
import type { LambdaFunction } from "./create-function.ts";

interface Needs {
  readonly clock: Pick<Clock, "now">;
  readonly putMetric: PutMetric;
}

/**
 * Measures functions as Lambda does, by the dimension FunctionName, and how many run at once for all together too. A
 * failure counts at the time of its invocation; one that is throttled is no invocation.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 * @returns puts itself before a function
 */
export const createMeasure = ({ clock, putMetric }: Needs): ((found: LambdaFunction) => LambdaFunction) => {
  const concurrentOfAll = metricOf("ConcurrentExecutions", {});
  let runningOfAll = 0;

  return (found) => {
    const dimensions = { FunctionName: found.name };
    const invocations = metricOf("Invocations", dimensions);
    const errors = metricOf("Errors", dimensions);
    const throttles = metricOf("Throttles", dimensions);
    const duration = metricOf("Duration", dimensions, "Milliseconds");
    const concurrent = metricOf("ConcurrentExecutions", dimensions);
    let running = 0;

    const invoke: LambdaFunction["invoke"] = async (request) => {
      const at = clock.now();
      running++;
      runningOfAll++;
      try {
        const result = await found.invoke(request);
        putMetric(invocations, 1, { at });
        putMetric(errors, result.functionError ? 1 : 0, { at });
        putMetric(throttles, 0, { at });
        putMetric(duration, result.durationMs, { at });
        // All that run at once are counted by the first of them that ends.
        putMetric(concurrent, running, { at });
        putMetric(concurrentOfAll, runningOfAll, { at });
        return result;
      } catch (error) {
        if (error instanceof AwsError && error.name === "TooManyRequestsException") putMetric(throttles, 1, { at });
        throw error;
      } finally {
        running--;
        runningOfAll--;
      }
    };
    // Over the function itself, whose reserved concurrency may change.
    return Object.assign(Object.create(found) as LambdaFunction, { invoke });
  };
};

const metricOf = (name: string, dimensions: Metric["dimensions"], unit = "Count"): Metric => ({
  namespace: "AWS/Lambda",
  name,
  dimensions,
  unit,
});
