import { METRIC_UNITS, METRICS_NAMESPACE, type Metric, STAGE_DIMENSION } from "../contracts/metrics.ts";

/** Fields for a log line, by which CloudWatch takes metrics from it. */
export type Measured = (values: Readonly<Partial<Record<Metric, number>>>, at: number) => Record<string, unknown>;

/**
 * Makes a log line metrics too, in the embedded metric format: the line stays as it is, and no call of CloudWatch is
 * made. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 *
 * The line must get to the log group as one JSON object: by the Logger, which passes by `console.log`, whose text Lambda
 * would wrap. `at` is Unix time in milliseconds.
 */
export const measured =
  (stage: string): Measured =>
  (values, at) => ({
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [
        {
          Namespace: METRICS_NAMESPACE,
          Dimensions: [[STAGE_DIMENSION]],
          Metrics: Object.keys(values).map((Name) => ({ Name, Unit: METRIC_UNITS[Name as Metric] })),
        },
      ],
    },
    [STAGE_DIMENSION]: stage,
    ...values,
  });
