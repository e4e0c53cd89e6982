import { AwsError } from "../aws/error.ts";
import type { Clock } from "../clock.ts";
import type { JsonObject } from "../json.ts";
import { type Distribution, statisticOf } from "./distribution.ts";
import { readInput } from "./inputs.ts";
import type { Metric } from "./metric.ts";
import { KEPT_MS, type MetricStore } from "./metric-store.ts";
import { pageOf } from "./page.ts";
import { runQueries } from "./run-queries.ts";

/** One action of the API. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Operations.html */
export type Action = (input: JsonObject) => JsonObject;

interface Needs {
  readonly store: MetricStore;
  readonly clock: Pick<Clock, "now">;
}

/** Of one answer of ListMetrics, and of GetMetricStatistics. */
const LIMITS = { metrics: 500, datapoints: 1_440 };

/** The actions on metrics. */
export const createMetricActions = ({ store, clock }: Needs): Readonly<Record<string, Action>> => ({
  ListMetrics(given) {
    const { Namespace, MetricName, Dimensions, RecentlyActive, NextToken } = readInput("ListMetrics", given);
    const keptMs = RecentlyActive ? 3 * 60 * 60_000 : KEPT_MS.minutes;
    const wanted = store
      .list(clock.now() - keptMs)
      .filter(
        ({ namespace, name, dimensions }) =>
          (Namespace ?? namespace) === namespace &&
          (MetricName ?? name) === name &&
          Dimensions.every(({ Name, Value }) => Name in dimensions && (Value ?? dimensions[Name]) === dimensions[Name]),
      );
    const { page, ...more } = pageOf(wanted, LIMITS.metrics, NextToken);
    return { Metrics: page.map(shown), ...more };
  },

  GetMetricData(given) {
    const { MetricDataQueries: queries, StartTime, EndTime, ScanBy } = readInput("GetMetricData", given);
    const shortest = Math.min(60, ...queries.map(({ MetricStat }) => MetricStat?.Period ?? 60));
    const range = rangeOf(StartTime, EndTime, shortest);
    const results = asked(() => runQueries(store, { queries, ...range }));
    const MetricDataResults = queries
      .filter(({ ReturnData }) => ReturnData)
      .map(({ Id, Label, MetricStat }) => {
        const values = [...(results.get(Id) ?? [])].sort(([a], [b]) =>
          ScanBy === "TimestampAscending" ? a - b : b - a,
        );
        return {
          Id,
          Label: Label ?? MetricStat?.Metric.MetricName ?? Id,
          Timestamps: values.map(([at]) => at / 1_000),
          Values: values.map(([, value]) => value),
          StatusCode: "Complete",
        };
      });
    return { MetricDataResults, Messages: [] };
  },

  GetMetricStatistics(given) {
    const input = readInput("GetMetricStatistics", given);
    const { Namespace, MetricName, Dimensions, Period, Statistics, ExtendedStatistics, Unit } = input;
    if (Statistics.length + ExtendedStatistics.length === 0)
      throw new AwsError("MissingRequiredParameterException", "Give Statistics or ExtendedStatistics.");
    const range = rangeOf(input.StartTime, input.EndTime, Period);
    const points = Math.ceil((range.to - range.from) / (Period * 1_000));
    if (points > LIMITS.datapoints) {
      const message = `You have requested up to ${points} datapoints, which exceeds the limit of ${LIMITS.datapoints}.`;
      throw new AwsError("InvalidParameterCombinationException", message);
    }
    const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
    const metric = { namespace: Namespace, name: MetricName, dimensions, unit: Unit };
    const unit = Unit ?? store.list(range.from).find((one) => isNamed(one, Namespace, MetricName))?.unit ?? "None";
    const datapoint = ([at, values]: [number, Distribution]): JsonObject => ({
      Timestamp: at / 1_000,
      ...Object.fromEntries(Statistics.map((one) => [one, statisticOf(values, one)])),
      ...(ExtendedStatistics.length > 0 && {
        ExtendedStatistics: Object.fromEntries(ExtendedStatistics.map((one) => [one, statisticOf(values, one)])),
      }),
      Unit: unit,
    });
    const found = store.read(metric, { ...range, periodMs: Period * 1_000 });
    return { Label: MetricName, Datapoints: [...found].map(datapoint) };
  },

  PutMetricData(given) {
    const { Namespace: namespace, MetricData } = readInput("PutMetricData", given);
    for (const { MetricName: name, Dimensions, Unit: unit, Timestamp, StorageResolution, ...datum } of MetricData) {
      const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
      const options = { ...(Timestamp !== undefined && { at: Timestamp }), storageResolution: StorageResolution };
      const { Value, Values = [Value ?? 0], Counts = [] } = datum;
      for (const [index, value] of Values.entries())
        store.put({ namespace, name, dimensions, unit }, value, { ...options, times: Counts[index] ?? 1 });
    }
    return {};
  },
});

const isNamed = (metric: Metric, namespace: string, name: string): boolean =>
  metric.namespace === namespace && metric.name === name;

const shown = ({ namespace, name, dimensions }: Metric): JsonObject => ({
  Namespace: namespace,
  MetricName: name,
  Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
});

/** The start is rounded down to a minute, or to a period that is shorter. */
const rangeOf = (StartTime: number, EndTime: number, periodSeconds: number) => {
  if (StartTime >= EndTime) {
    const message = "The parameter StartTime must be less than the parameter EndTime.";
    throw new AwsError("InvalidParameterValueException", message);
  }
  const step = Math.min(60, periodSeconds) * 1_000;
  return { from: Math.floor(StartTime / step) * step, to: EndTime };
};

/** What the queries themselves have wrong is the caller's to put right. */
const asked = <Result>(run: () => Result): Result => {
  try {
    return run();
  } catch (error) {
    throw new AwsError("InvalidParameterValueException", `GetMetricData: ${(error as Error).message}`);
  }
};
