import type { JsonObject } from "../../../local/json.ts";

/** An alarm's properties: the errors of one shop's checkout, as soon as there is one in a minute. */
export const alarmOn = (change: JsonObject = {}): JsonObject => ({
  Namespace: "Shop",
  MetricName: "Errors",
  Dimensions: [{ Name: "Step", Value: "checkout" }],
  Statistic: "Sum",
  Period: 60,
  EvaluationPeriods: 1,
  ComparisonOperator: "GreaterThanOrEqualToThreshold",
  Threshold: 1,
  ...change,
});
