import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type Metric,
  paginateListMetrics,
} from "@aws-sdk/client-cloudwatch";
import type { Quota } from "../../contract.ts";
import { LIMITS, type Limit } from "./limits.ts";

const MINUTE_MS = 60_000;

/** Values by the start of their minute: Unix ms. */
type Minutes = ReadonlyMap<number, number>;

/**
 * How near the account's quotas are, by CloudWatch's metrics. These are by the minute, and the one that still goes on
 * grows: by how much since it was read last is what has passed since then.
 * @param now Unix ms
 * @returns reads them
 */
export const createQuotas = (client: CloudWatchClient, now: () => number) => {
  let last: { readonly at: number; readonly minutes: readonly Minutes[] } | undefined;

  return async (): Promise<Quota[]> => {
    const at = now();
    const before = last && at - last.at < MINUTE_MS ? last : undefined;
    const from = minuteOf(before?.at ?? at - MINUTE_MS);
    const minutes = await Promise.all(LIMITS.map((limit) => readMinutes(client, limit, from, at)));
    last = { at, minutes };
    return LIMITS.map(({ name, limit, unit, used }, index) => {
      const values = minutes[index] ?? new Map();
      const passed = [...values].reduce(
        (sum, [minute, value]) => sum + value - (before?.minutes[index]?.get(minute) ?? 0),
        0,
      );
      const perSecond = (passed * 1000) / Math.max(1, at - (before?.at ?? from));
      return { name, limit, unit, used: rounded(used === "a second" ? perSecond : Math.max(0, ...values.values())) };
    });
  };
};

const minuteOf = (at: number) => Math.floor(at / MINUTE_MS) * MINUTE_MS;

const rounded = (value: number) => Math.round(value * 10) / 10;

/** One limit's metric, of all resources together. */
const readMinutes = async (
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
