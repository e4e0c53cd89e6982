import { type Metric, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { METRICS } from "../../functions/contracts/metrics.ts";
import type { Config } from "../config.ts";
import { FIVE_MINUTES, MINUTE, ourMetric, ruleMetric } from "./metrics.ts";
import { named, type Observed } from "./observed.ts";

/** What an alarm watches, and what it says when it goes off. */
export interface Watched {
  /** Its name, after the stack's. */
  readonly id: string;
  /** Without a label: of one that has it, CDK makes metric math. */
  readonly metric: Metric;
  /** It goes off above this. */
  readonly above: number;
  /** In how many periods, of how many. */
  readonly periods: readonly [above: number, of: number];
  readonly missing: TreatMissingData;
  /** What has happened, in a sentence. */
  readonly meaning: string;
  /** The anchor of its paragraph in `docs/operations.md`. */
  readonly runbook: string;
}

const ONCE = [1, 1] as const;
/** For what is made good by itself, and worth a word when it goes on. */
const REPEATED = [2, 3] as const;
const GOING_ON = [3, 3] as const;
/** For what anybody may bring about by connecting wrongly. */
const BY_STRANGERS = { above: 100, periods: REPEATED };

const sum = { statistic: Stats.SUM, period: FIVE_MINUTES };
/** Above none; and where nothing happens CloudWatch gets no number, and nothing is wrong. */
const none = { above: 0, periods: ONCE, missing: TreatMissingData.NOT_BREACHING };

/** What is watched of a stack: each is something that a person can and should do something about. */
export const watchedOf = (observed: Observed, config: Config): readonly Watched[] => [
  ...deadLetters(observed),
  ...executions(observed),
  ...rules(observed),
  ...functions(observed, config),
  ...connections(observed),
  ...messages(config),
];

const deadLetters = ({ queues }: Observed): Watched[] =>
  queues.map((queue) => ({
    ...none,
    id: `dead-letters-${queue.node.id}`,
    metric: queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: MINUTE }),
    // Six hours after the last call SQS no longer says how many there are: they are there all the same.
    missing: TreatMissingData.IGNORE,
    meaning: `What failed for good lies in the queue ${queue.node.id}.`,
    runbook: "there-are-dead-letters",
  }));

const executions = ({ machines }: Observed): Watched[] =>
  machines.flatMap((machine) => {
    const { id } = machine.node;
    // What the others leave undone is done again: by `room-fanout`, or by the room's next look.
    const seen = { ...none, periods: id === "room-fanout" ? ONCE : REPEATED };
    return [
      {
        ...seen,
        id: `executions-failed-${id}`,
        metric: machine.metricFailed(sum),
        meaning: `Executions of ${id} fail.`,
        runbook: "executions-fail",
      },
      {
        ...seen,
        id: `executions-timed-out-${id}`,
        metric: machine.metricTimedOut(sum),
        meaning: `Executions of ${id} are cut off by their time limit, and leave no more than this number.`,
        runbook: "executions-time-out",
      },
    ];
  });

const rules = ({ rules }: Observed): Watched[] => [
  ...rules.map((rule) => ({
    ...none,
    id: `failed-invocations-${rule.node.id}`,
    metric: ruleMetric(rule, "FailedInvocations"),
    meaning: `The rule ${rule.node.id} could not invoke its target, and has given events up.`,
    runbook: "a-rule-cannot-invoke-its-target",
  })),
  // The one rule with a dead-letter queue.
  ...named(rules, "message-posted").map((rule) => ({
    ...none,
    id: `lost-events-${rule.node.id}`,
    metric: ruleMetric(rule, "InvocationsFailedToBeSentToDlq"),
    meaning: `Events that the rule ${rule.node.id} has given up did not get into the dead-letter queue either.`,
    runbook: "a-rule-cannot-invoke-its-target",
  })),
];

const functions = ({ functions }: Observed, { tokenIssuer }: Config): Watched[] => [
  ...named(functions, "publish", "post").map((lambda) => ({
    ...none,
    id: `throttles-${lambda.node.id}`,
    metric: lambda.metricThrottles(sum),
    // A post is made again a second later; a frame is lost, and its sender is told nothing.
    periods: lambda.node.id === "post" ? GOING_ON : ONCE,
    meaning: `Lambda refuses invocations of ${lambda.node.id}: its concurrency, or the account's, is used up.`,
    runbook: "functions-are-throttled",
  })),
  ...named(functions, "authorize", "connect", "publish", "publish-requested", "kick-requested").map((lambda) => ({
    ...none,
    id: `errors-${lambda.node.id}`,
    metric: lambda.metricErrors(sum),
    // API Gateway knows no other way of saying 401 than an authorizer that fails, so everybody without a token is an error.
    ...(lambda.node.id === "authorize" && tokenIssuer !== undefined && BY_STRANGERS),
    meaning: `Invocations of ${lambda.node.id} end in an error or run out of time.`,
    runbook: "functions-fail",
  })),
];

const connections = ({ stages }: Observed): Watched[] =>
  stages.flatMap((stage) => [
    {
      ...none,
      id: "connect-errors",
      metric: stage.metric("ExecutionError", sum),
      meaning: "API Gateway cannot call the functions of connections and frames.",
      runbook: "nobody-can-connect",
    },
    {
      ...none,
      id: "connections-refused",
      metric: stage.metric("IntegrationError", sum),
      ...BY_STRANGERS,
      meaning: "Over 100 connections in five minutes are refused, or fail in their function.",
      runbook: "nobody-can-connect",
    },
  ]);

const messages = ({ stage, timeToLastBudgetMs }: Config): Watched[] => [
  {
    ...none,
    id: "unavailable",
    metric: ourMetric(stage, METRICS.unavailable, Stats.SUM),
    periods: REPEATED,
    meaning: "Frames of clients fail inside, and are answered UNAVAILABLE.",
    runbook: "functions-fail",
  },
  {
    ...none,
    id: "posts-throttled",
    metric: ourMetric(stage, METRICS.throttled, Stats.SUM),
    periods: GOING_ON,
    meaning: "Posts to members have been throttled for a quarter of an hour.",
    runbook: "posts-are-throttled",
  },
  {
    ...none,
    id: "time-to-last",
    metric: ourMetric(stage, METRICS.timeToLast, Stats.p(99)),
    above: timeToLastBudgetMs,
    periods: REPEATED,
    meaning: `One message in a hundred takes over ${timeToLastBudgetMs} ms to its last member.`,
    runbook: "the-last-member-waits-too-long",
  },
];
