import type { Metric, PutMetric } from "../cloudwatch/metric.ts";
import type { Rule } from "./routing.ts";

/** What EventBridge counts of a rule. */
export type RuleMetric =
  | "MatchedEvents"
  | "TriggeredRules"
  | "Invocations"
  | "FailedInvocations"
  | "InvocationAttempts"
  | "SuccessfulInvocationAttempts"
  | "RetryInvocationAttempts"
  | "InvocationsSentToDlq"
  | "InvocationsFailedToBeSentToDlq";

/**
 * Counts for rules as EventBridge does, by the dimensions EventBusName and RuleName, or RuleName alone on the default
 * bus. A count that would be zero is not made, as there.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
export const createRuleMetrics = (putMetric: PutMetric) => {
  const made = new Map<string, Metric>();
  return ({ name: RuleName, bus: EventBusName, arn }: Rule, name: RuleMetric): void => {
    const key = `${name} ${arn}`;
    let metric = made.get(key);
    if (!metric) {
      const dimensions = EventBusName === "default" ? { RuleName } : { EventBusName, RuleName };
      metric = { namespace: "AWS/Events", name, dimensions, unit: "Count" };
      made.set(key, metric);
    }
    putMetric(metric, 1);
  };
};

export type CountForRule = ReturnType<typeof createRuleMetrics>;
