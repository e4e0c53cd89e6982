import { GraphWidget, type GraphWidgetProps, MathExpression, Stats } from "aws-cdk-lib/aws-cloudwatch";
import { METRICS } from "../../functions/contracts/metrics.ts";
import type { Config } from "../config.ts";
import { concurrency, MINUTE, ourMetric, ruleMetric } from "./metrics.ts";
import { named, type Observed } from "./observed.ts";

/** API Gateway's frames and posts a second, of an account in a Region; it can be raised. */
const QUOTA = 10_000;

const graph = (title: string, props: Omit<GraphWidgetProps, "title">): GraphWidget =>
  new GraphWidget({ title, width: 8, height: 6, leftYAxis: { min: 0 }, ...props });

const sum = { statistic: Stats.SUM, period: MINUTE };

/** Do messages arrive, all of them, and soon? */
export const messageWidgets = ({ stage, timeToLastBudgetMs }: Config): GraphWidget[] => {
  const count = (metric: (typeof METRICS)[keyof typeof METRICS]) =>
    ourMetric(stage, metric, Stats.SUM, { period: MINUTE });
  const timeToLast = (statistic: string) =>
    ourMetric(stage, METRICS.timeToLast, statistic, { period: MINUTE, label: statistic });
  return [
    graph("Messages, and those who get them", {
      left: [count(METRICS.recipients), count(METRICS.delivered)],
      right: [count(METRICS.published), count(METRICS.unavailable)],
      rightYAxis: { min: 0 },
    }),
    graph("Not delivered at once", {
      left: [count(METRICS.pruned), count(METRICS.failed), count(METRICS.throttled)],
    }),
    graph("Time to the last member (ms)", {
      left: [timeToLast(Stats.p(50)), timeToLast(Stats.p(99))],
      leftAnnotations: [{ value: timeToLastBudgetMs, label: "the alarm's budget" }],
    }),
  ];
};

/** Clients, the quota that all share, and the functions between them. */
export const deliveryWidgets = ({ stages, functions }: Observed): GraphWidget[] => [
  graph("Frames and posts a second", {
    left: stages.map(
      (stage) =>
        new MathExpression({
          expression: "messages / PERIOD(messages)",
          usingMetrics: { messages: stage.metric("MessageCount", sum) },
          label: "both ways",
          period: MINUTE,
        }),
    ),
    leftAnnotations: [{ value: QUOTA, label: "the account's quota" }],
  }),
  graph("Connecting", {
    left: stages.map((stage) => stage.metric("ConnectCount", sum)),
    right: stages.flatMap((stage) =>
      ["ClientError", "IntegrationError", "ExecutionError"].map((name) => stage.metric(name, sum)),
    ),
    rightYAxis: { min: 0 },
  }),
  graph("Functions at once", { left: named(functions, "post", "publish", "connect").map(concurrency) }),
];

/** Where it goes wrong, if it does. */
export const systemWidgets = ({ functions, machines, queues, rules, tables }: Observed): GraphWidget[] => [
  graph("Functions: errors", {
    left: functions.map((lambda) => lambda.metricErrors({ ...sum, label: lambda.node.id })),
  }),
  graph("Functions: throttles", {
    left: functions.map((lambda) => lambda.metricThrottles({ ...sum, label: lambda.node.id })),
  }),
  graph("How long a post takes (ms)", {
    left: named(functions, "post").flatMap((lambda) =>
      [Stats.p(50), Stats.p(99)].map((statistic) =>
        lambda.metricDuration({ statistic, period: MINUTE, label: statistic }),
      ),
    ),
  }),
  graph("Executions", {
    left: machines.map((machine) => machine.metricStarted({ ...sum, label: machine.node.id })),
    right: machines.flatMap((machine) => [
      machine.metricFailed({ ...sum, label: `${machine.node.id}: failed` }),
      machine.metricTimedOut({ ...sum, label: `${machine.node.id}: timed out` }),
    ]),
    rightYAxis: { min: 0 },
  }),
  graph("How long executions take (ms, p99)", {
    left: machines.map((machine) =>
      machine.metricTime({ statistic: Stats.p(99), period: MINUTE, label: machine.node.id }),
    ),
  }),
  graph("Dead letters, and events without a target", {
    left: [
      ...queues.map((queue) =>
        queue.metricApproximateNumberOfMessagesVisible({
          statistic: Stats.MAXIMUM,
          period: MINUTE,
          label: queue.node.id,
        }),
      ),
      ...rules.map((rule) => ruleMetric(rule, "FailedInvocations", { ...sum, label: rule.node.id })),
    ],
  }),
  graph("Tables: throttled", {
    left: tables.flatMap((table) =>
      ["ReadThrottleEvents", "WriteThrottleEvents"].map((name) =>
        table.metric(name, { ...sum, label: `${table.node.id} ${name}` }),
      ),
    ),
  }),
];
