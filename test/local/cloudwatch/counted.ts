import { statisticOf } from "../../../local/cloudwatch/distribution.ts";
import type { PutMetric } from "../../../local/cloudwatch/metric.ts";
import { createMetricStore } from "../../../local/cloudwatch/metric-store.ts";
import { manualClock } from "../../support/manual-clock.ts";

/** Takes metrics, and says what they came to. */
export const counted = () => {
  const clock = manualClock();
  const { put, list, read } = createMetricStore({ clock, log: () => {} });
  const day = { from: clock.now() - 43_200_000, to: clock.now() + 43_200_000, periodMs: 86_400_000 };
  /** The sums by `name` of all metrics with just these dimensions. */
  const sums = (dimensions: Readonly<Record<string, string>>): Record<string, number> => {
    const metrics = list(0).filter(
      (metric) => JSON.stringify(Object.entries(metric.dimensions)) === JSON.stringify(Object.entries(dimensions)),
    );
    return Object.fromEntries(
      metrics.flatMap((metric) => [...read(metric, day).values()].map((one) => [metric.name, statisticOf(one, "Sum")])),
    );
  };
  const putMetric: PutMetric = (metric, value, options = {}) => put(metric, value, { times: options.times ?? 1 });
  return { putMetric, sums };
};
