import { Duration, Fn } from "aws-cdk-lib";
import { Metric, type MetricOptions, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { CfnRule, Rule } from "aws-cdk-lib/aws-events";
import type { Function as Lambda } from "aws-cdk-lib/aws-lambda";
import { METRICS_NAMESPACE, type Metric as OurMetric, STAGE_DIMENSION } from "../../functions/contracts/metrics.ts";

export const MINUTE = Duration.minutes(1);
export const FIVE_MINUTES = Duration.minutes(5);

/** A metric of ours: the functions write them into their logs, where CloudWatch finds them. */
export const ourMetric = (stage: string, metricName: OurMetric, statistic: string, options: MetricOptions = {}) =>
  new Metric({
    namespace: METRICS_NAMESPACE,
    metricName,
    dimensionsMap: { [STAGE_DIMENSION]: stage },
    statistic,
    period: FIVE_MINUTES,
    ...options,
  });

/**
 * A metric of a rule on a bus of one's own, which has both dimensions; CDK's rule has no metrics.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
export const ruleMetric = (rule: Rule, metricName: string, options: MetricOptions = {}) =>
  new Metric({
    namespace: "AWS/Events",
    metricName,
    dimensionsMap: {
      EventBusName: (rule.node.defaultChild as CfnRule).eventBusName ?? "default",
      // Not `ruleName`: that is what Ref gives, and Ref gives `bus|rule` where the bus is one's own.
      RuleName: Fn.select(2, Fn.split("/", rule.ruleArn)),
    },
    statistic: Stats.SUM,
    period: FIVE_MINUTES,
    ...options,
  });

/** How many executions of a function there are at once, at the most: CDK's functions have no method for it. */
export const concurrency = (lambda: Lambda) =>
  lambda.metric("ConcurrentExecutions", { statistic: Stats.MAXIMUM, period: MINUTE, label: lambda.node.id });
