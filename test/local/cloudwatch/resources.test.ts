import { expect, test } from "vitest";
import { resourceTypes } from "../../../local/cloudwatch/resources.ts";
import type { JsonObject } from "../../../local/json.ts";
import { declared } from "../../support/declared.ts";
import { alarmOn } from "./alarms.ts";

const alarm = (change: JsonObject = {}) => declared(resourceTypes["AWS::CloudWatch::Alarm"], "Errors", alarmOn(change));

const sum = (Expression: string): JsonObject => ({
  Namespace: undefined as never,
  MetricName: undefined as never,
  Dimensions: undefined as never,
  Period: undefined as never,
  Statistic: undefined as never,
  Metrics: [
    { Id: "both", Expression, ReturnData: true },
    {
      Id: "a",
      MetricStat: { Metric: { Namespace: "Shop", MetricName: "Errors" }, Period: 60, Stat: "Sum" },
      ReturnData: false,
    },
  ],
});

test("an alarm's Ref is its name, and its Arn names it", () => {
  expect(alarm({ AlarmName: "errors" }).ref).toBe("errors");
  expect(alarm().attribute("Arn")).toBe("arn:aws:cloudwatch:us-east-1:123456789012:alarm:Stack-Errors");
});

test.each([
  ["a percentile", { Statistic: undefined as never, ExtendedStatistic: "p99" }],
  ["M of N periods", { EvaluationPeriods: 3, DatapointsToAlarm: 2 }],
  ["a topic to tell", { AlarmActions: ["arn:aws:sns:us-east-1:123456789012:people"] }],
  ["a sum over metrics", sum("(a + FILL(a, 0)) / 2")],
])("an alarm with %s is understood", (_what, change) => {
  expect(() => alarm(change)).not.toThrow();
});

test.each([
  ["an anomaly band", { ThresholdMetricId: "band" }, /ThresholdMetricId/],
  ["a trimmed mean", { Statistic: undefined as never, ExtendedStatistic: "tm99" }, /p99/],
  ["a period of 45 seconds", { Period: 45 }, /10, 20, 30 or a multiple of 60/],
  ["no statistic", { Statistic: undefined as never }, /Statistic or ExtendedStatistic/],
  ["both kinds of metrics", { Metrics: sum("a").Metrics ?? [] }, /none of these/],
  ["more datapoints than periods", { DatapointsToAlarm: 2 }, /DatapointsToAlarm/],
  ["a function of metric math", sum("RATE(a)"), /"RATE" is not understood/],
])("an alarm with %s is refused", (_what, change, message) => {
  expect(() => alarm(change)).toThrow(message);
});

test("a dashboard's body has to be JSON", () => {
  const dashboard = (DashboardBody: string) =>
    declared(resourceTypes["AWS::CloudWatch::Dashboard"], "Overview", { DashboardBody });
  expect(dashboard("{}").ref).toBe("Stack-Overview");
  expect(() => dashboard("{")).toThrow(/JSON/);
});
