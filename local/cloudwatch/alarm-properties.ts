import * as v from "valibot";
import { metricMath } from "./metric-math.ts";
import { KEPT_MS } from "./metric-store.ts";

const text = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));

/** `Average`, `Maximum`, `Minimum`, `SampleCount`, `Sum`. */
export const statistic = v.picklist(["SampleCount", "Average", "Sum", "Minimum", "Maximum"]);
/** Percentiles; trimmed means and the other extended statistics are refused. */
export const percentile = v.pipe(
  v.string(),
  v.regex(/^p(?:100|\d{1,2}(?:\.\d{1,10})?)$/, "a percentile such as p99 or p99.9 is the only extended statistic here"),
);
/** Seconds. */
export const period = v.pipe(
  positive,
  v.check((seconds) => [10, 20, 30].includes(seconds) || seconds % 60 === 0, "is 10, 20, 30 or a multiple of 60"),
);
export const dimensions = v.pipe(v.array(v.strictObject({ Name: text(255), Value: text(1024) })), v.maxLength(30));

/** Which values, by which statistic: what a query of an alarm and of GetMetricData reads. */
export const metricStat = v.strictObject({
  Metric: v.strictObject({
    Namespace: text(255),
    MetricName: text(255),
    Dimensions: v.optional(dimensions, []),
  }),
  Period: period,
  Stat: v.union([statistic, percentile], "is a statistic (Sum, Average, …) or a percentile (p99)"),
  Unit: v.optional(v.string()),
});

const id = v.pipe(v.string(), v.regex(/^[a-z]\w{0,254}$/, "begins with a lower case letter"));

/** A metric of its own, or a sum over the others. */
export const metricDataQuery = v.pipe(
  v.strictObject({
    Id: id,
    MetricStat: v.optional(metricStat),
    Expression: v.optional(metricMath),
    Label: v.optional(v.string()),
    ReturnData: v.optional(v.boolean(), true),
    Period: v.optional(period),
  }),
  v.check(({ MetricStat, Expression }) => !MetricStat !== !Expression, "has either MetricStat or Expression"),
);
export type MetricDataQuery = v.InferOutput<typeof metricDataQuery>;

/** ARNs. No topic is run here: what an alarm would have told one is said in the log. */
const actions = v.optional(v.pipe(v.array(v.pipe(v.string(), v.startsWith("arn:"))), v.maxLength(5)), []);

const properties = v.strictObject({
  AlarmName: v.optional(text(255)),
  AlarmDescription: v.optional(v.pipe(v.string(), v.maxLength(1024))),
  ActionsEnabled: v.optional(v.boolean(), true),
  AlarmActions: actions,
  OKActions: actions,
  InsufficientDataActions: actions,
  ComparisonOperator: v.picklist([
    "GreaterThanOrEqualToThreshold",
    "GreaterThanThreshold",
    "LessThanThreshold",
    "LessThanOrEqualToThreshold",
  ]),
  Threshold: v.number(),
  EvaluationPeriods: positive,
  DatapointsToAlarm: v.optional(positive),
  TreatMissingData: v.optional(v.picklist(["breaching", "notBreaching", "ignore", "missing"]), "missing"),
  // What AWS does without it: `ignore` needs its own idea of how many samples are enough.
  EvaluateLowSampleCountPercentile: v.optional(v.literal("evaluate")),
  Namespace: v.optional(text(255)),
  MetricName: v.optional(text(255)),
  Dimensions: v.optional(dimensions),
  Period: v.optional(period),
  Statistic: v.optional(statistic),
  ExtendedStatistic: v.optional(percentile),
  Unit: v.optional(v.string()),
  Metrics: v.optional(v.array(metricDataQuery)),
  // Kept by AWS for people and for bills: nothing happens with them here.
  Tags: v.optional(v.array(v.strictObject({ Key: v.string(), Value: v.string() }))),
});

type Properties = v.InferOutput<typeof properties>;

const ofOneMetric = [
  "Namespace",
  "MetricName",
  "Dimensions",
  "Period",
  "Statistic",
  "ExtendedStatistic",
  "Unit",
] as const;

const periodsOf = ({ Metrics, Period = 0 }: Properties): number[] =>
  Metrics ? Metrics.flatMap(({ MetricStat }) => MetricStat?.Period ?? []) : [Period];

const namesOneMetric = (alarm: Properties) =>
  Boolean(alarm.Namespace && alarm.MetricName && alarm.Period) && !alarm.Statistic !== !alarm.ExtendedStatistic;

/** An alarm on one metric, or on a sum over several: anomaly detection and PromQL are refused by name. */
export const alarmProperties = v.pipe(
  properties,
  v.check(
    (alarm) => (alarm.Metrics ? ofOneMetric.every((name) => alarm[name] === undefined) : namesOneMetric(alarm)),
    "has to give Namespace, MetricName, Period and either Statistic or ExtendedStatistic; or Metrics, and none of these",
  ),
  v.check(
    ({ Metrics }) => !Metrics || Metrics.filter(({ ReturnData }) => ReturnData).length === 1,
    "has to have ReturnData for exactly one of its Metrics",
  ),
  v.check(
    ({ EvaluationPeriods, DatapointsToAlarm }) => (DatapointsToAlarm ?? 1) <= EvaluationPeriods,
    "has more DatapointsToAlarm than EvaluationPeriods",
  ),
  v.check((alarm) => new Set(periodsOf(alarm)).size === 1, "has to give all its Metrics the same Period"),
  v.check(
    (alarm) => periodsOf(alarm).every((seconds) => alarm.EvaluationPeriods * seconds * 1_000 <= KEPT_MS.seconds),
    "looks back for more than the 3 hours that run here",
  ),
);
export type AlarmProperties = v.InferOutput<typeof alarmProperties>;

/** What an alarm reads, in the one form: an alarm on one metric has one query. */
export const queriesOf = (alarm: AlarmProperties): readonly MetricDataQuery[] => {
  if (alarm.Metrics) return alarm.Metrics;
  const { Namespace = "", MetricName = "", Dimensions = [], Period = 0, Statistic, ExtendedStatistic, Unit } = alarm;
  const Stat = Statistic ?? ExtendedStatistic ?? "";
  return [
    {
      Id: "m",
      MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period, Stat, Unit },
      ReturnData: true,
    },
  ];
};
