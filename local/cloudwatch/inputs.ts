import * as v from "valibot";
import { AwsError } from "../aws/error.ts";
import type { JsonObject } from "../json.ts";
import { dimensions, metricDataQuery, percentile, period, statistic } from "./alarm-properties.ts";

const text = v.optional(v.string());
/** The protocol has times in seconds; here they are Unix time in milliseconds. */
const time = v.pipe(
  v.number(),
  v.transform((seconds) => Math.round(seconds * 1_000)),
);
const count = (least: number, most: number) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most)));
const numbers = v.optional(v.pipe(v.array(v.number()), v.minLength(1), v.maxLength(150)));

const datum = v.pipe(
  v.strictObject({
    MetricName: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
    Dimensions: v.optional(dimensions, []),
    Timestamp: v.optional(time),
    Value: v.optional(v.number()),
    Values: numbers,
    Counts: numbers,
    Unit: v.optional(v.string(), "None"),
    StorageResolution: v.optional(v.picklist([1, 60]), 60),
  }),
  v.check(({ Value, Values }) => (Value === undefined) !== (Values === undefined), "has either Value or Values"),
  v.check(({ Values, Counts }) => !Counts || Counts.length === Values?.length, "has as many Counts as it has Values"),
);

/** What each action takes. A parameter that would have an effect and is not named here is refused, not ignored. */
const inputs = {
  ListMetrics: v.strictObject({
    Namespace: text,
    MetricName: text,
    Dimensions: v.optional(v.array(v.strictObject({ Name: v.string(), Value: text })), []),
    RecentlyActive: v.optional(v.literal("PT3H")),
    NextToken: text,
  }),
  GetMetricData: v.strictObject({
    MetricDataQueries: v.pipe(v.array(metricDataQuery), v.minLength(1), v.maxLength(500)),
    StartTime: time,
    EndTime: time,
    ScanBy: v.optional(v.picklist(["TimestampDescending", "TimestampAscending"]), "TimestampDescending"),
  }),
  GetMetricStatistics: v.strictObject({
    Namespace: v.string(),
    MetricName: v.string(),
    Dimensions: v.optional(dimensions, []),
    StartTime: time,
    EndTime: time,
    Period: period,
    Statistics: v.optional(v.array(statistic), []),
    ExtendedStatistics: v.optional(v.array(percentile), []),
    Unit: text,
  }),
  PutMetricData: v.strictObject({
    Namespace: v.pipe(
      v.string(),
      v.minLength(1),
      v.maxLength(255),
      v.check((namespace) => !namespace.startsWith("AWS/"), "begins with AWS/, which only AWS's own metrics do"),
    ),
    MetricData: v.pipe(v.array(datum), v.maxLength(1_000)),
  }),
  DescribeAlarms: v.strictObject({
    AlarmNames: v.optional(v.array(v.string())),
    AlarmNamePrefix: text,
    AlarmTypes: v.optional(v.array(v.picklist(["MetricAlarm", "CompositeAlarm"]))),
    StateValue: v.optional(v.picklist(["OK", "ALARM", "INSUFFICIENT_DATA"])),
    MaxRecords: count(1, 100),
    NextToken: text,
  }),
  GetDashboard: v.strictObject({ DashboardName: v.string() }),
  ListDashboards: v.strictObject({ DashboardNamePrefix: text, NextToken: text }),
};

/** Reads an action's input. @throws AwsError `InvalidParameterValueException` naming what is wrong with which parameter */
export const readInput = <Action extends keyof typeof inputs>(
  action: Action,
  input: JsonObject,
): v.InferOutput<(typeof inputs)[Action]> => {
  const read = v.safeParse(inputs[action], input);
  if (read.success) return read.output as v.InferOutput<(typeof inputs)[Action]>;
  const [issue] = read.issues;
  throw new AwsError("InvalidParameterValueException", `${action}: ${v.getDotPath(issue) ?? ""}: ${issue.message}`);
};
