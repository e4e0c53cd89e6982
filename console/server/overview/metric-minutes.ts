import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type Metric,
  paginateListMetrics,
} from "@aws-sdk/client-cloudwatch";
import type { Limit } from "./limits.ts";

/** Values by the start of their minute: Unix time in milliseconds. */
export type Minutes = ReadonlyMap<number, number>;

/** Reads one limit's metric, of all resources together. */
export const readMinutes = async (
  client: CloudWatchClient,
  { namespace, metric, used }: Limit,
  from: number,
  to: number,
): Promise<Minutes> => {
  const metrics: Metric[] = [];
  for await (const { Metrics = [] } of paginateListMetrics({ client }, { Namespace: namespace, MetricName: metric }))
    metrics.push(...Metrics);
  const minutes = new Map<number, number>();
  if (metrics.length === 0) return minutes;
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(from),
      // The end is not in it, and what comes in this millisecond would be in no answer.
      EndTime: new Date(to + 1),
      MetricDataQueries: widest(metrics).map((Metric, index) => ({
        Id: `m${index}`,
        MetricStat: { Metric, Period: 60, Stat: used === "a second" ? "Sum" : "Maximum" },
      })),
    }),
  );
  for (const { Timestamps = [], Values = [] } of MetricDataResults)
    for (const [index, time] of Timestamps.entries())
      minutes.set(time.getTime(), (minutes.get(time.getTime()) ?? 0) + (Values[index] ?? 0));
  return minutes;
};

/** A service measures the same by resource and by less, down to the whole account: what has fewest dimensions is all of it. */
const widest = (metrics: readonly Metric[]): Metric[] => {
  const fewest = Math.min(...metrics.map(({ Dimensions = [] }) => Dimensions.length));
  return metrics.filter(({ Dimensions = [] }) => Dimensions.length === fewest);
};
