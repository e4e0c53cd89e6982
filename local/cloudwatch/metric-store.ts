import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Distribution } from "./distribution.ts";
import type { Metric, PutMetric } from "./metric.ts";
import { createSeries, type Range, type Series } from "./series.ts";

/** A metric that is asked for: without a unit, the values of all units. */
export type AskedMetric = Omit<Metric, "unit"> & { readonly unit?: string | undefined };

/** The values of all metrics, in memory. */
export interface MetricStore {
  readonly put: PutMetric;
  /** What there is, by the start of its period; a period without values is not in it. */
  read(metric: AskedMetric, range: Range): Map<number, Distribution>;
  /** The metrics that have values newer than `since`. */
  list(since: number): Metric[];
}

/** How long values are kept: by the minute, and by the second where a metric is of high resolution (as on AWS). */
export const KEPT_MS = { minutes: 6 * 60 * 60_000, seconds: 3 * 60 * 60_000 };

/** Enough for every resource of a template; what grows beyond has an id among its dimensions. */
const MOST_METRICS = 2_000;

/** CloudWatch takes nothing from further in the future. */
const FUTURE_MS = 2 * 60 * 60_000;

interface Kept {
  readonly metric: Metric;
  readonly minutes: Series;
  seconds: Series | undefined;
}

/** Makes an empty store: at most 2,000 metrics, for 6 hours each, and nothing on disk. */
export const createMetricStore = ({ clock, log }: { clock: Pick<Clock, "now">; log: Log }): MetricStore => {
  const kept = new Map<string, Kept>();
  /** By the metrics that services make once; none that is forgotten. */
  let known = new WeakMap<Metric, Kept>();
  let full = false;

  const find = (metric: Metric): Kept | undefined => {
    const key = keyOf(metric);
    let found = kept.get(key);
    if (!found) {
      if (kept.size >= MOST_METRICS) forget(clock.now() - KEPT_MS.minutes);
      if (kept.size >= MOST_METRICS) return sayFull(metric);
      found = { metric, minutes: createSeries(60_000, KEPT_MS.minutes), seconds: undefined };
      kept.set(key, found);
    }
    known.set(metric, found);
    return found;
  };
  const forget = (since: number) => {
    for (const [key, { minutes }] of kept) if (minutes.isEmptySince(since)) kept.delete(key);
    known = new WeakMap();
  };
  const sayFull = ({ namespace, name }: Metric): undefined => {
    if (full) return;
    full = true;
    const message = `There are ${MOST_METRICS} metrics, and no room for ${name} of ${namespace}: does a dimension hold an id?`;
    log({ level: "warn", from: "cloudwatch", message });
  };

  return {
    put(metric, value, { at = clock.now(), storageResolution = 60, times = 1 } = {}) {
      const present = clock.now();
      if (!Number.isFinite(value) || at < present - KEPT_MS.minutes || at > present + FUTURE_MS) return;
      const found = known.get(metric) ?? find(metric);
      if (!found) return;
      found.minutes.add(at, value, times);
      if (storageResolution === 60) return;
      found.seconds ??= createSeries(1_000, KEPT_MS.seconds);
      found.seconds.add(at, value, times);
    },
    read(asked, range) {
      const collected = new Map<number, Distribution>();
      const ofSeconds = range.periodMs < 60_000;
      for (const { metric, minutes, seconds } of kept.values())
        if (isAsked(metric, asked)) (ofSeconds ? seconds : minutes)?.collect(collected, range);
      return collected;
    },
    list: (since) =>
      [...kept.values()].filter(({ minutes }) => !minutes.isEmptySince(since)).map(({ metric }) => metric),
  };
};

const isAsked = (metric: Metric, { namespace, name, dimensions, unit }: AskedMetric): boolean =>
  metric.name === name &&
  metric.namespace === namespace &&
  (unit === undefined || metric.unit === unit) &&
  dimensionsKey(metric.dimensions) === dimensionsKey(dimensions);

const keyOf = ({ namespace, name, dimensions, unit }: Metric): string =>
  [namespace, name, unit, dimensionsKey(dimensions)].join("\n");

const dimensionsKey = (dimensions: Metric["dimensions"]): string =>
  Object.entries(dimensions)
    .map(([name, value]) => `${name}\t${value}`)
    .sort()
    .join("\n");
