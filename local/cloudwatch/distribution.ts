/** What is kept of the values of one period: no value by itself, so that a busy second costs no more than a quiet one. */
export interface Distribution {
  count: number;
  sum: number;
  min: number;
  max: number;
  /** How many values there are by bin; not there while all are equal, as most counts are. */
  bins: Map<number, number> | undefined;
}

/** Each bin is so much wider than the one below that its middle is within 1% of every value in it. */
const growth = Math.log(1.02);
/** Above the number of any bin: the smallest double would be in bin -37,624. */
const positive = 40_000;

export const emptyDistribution = (): Distribution => ({
  count: 0,
  sum: 0,
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
  bins: undefined,
});

/** Adds a value as often as there was it. */
export const addValue = (to: Distribution, value: number, times: number): void => {
  if (to.bins || (to.count > 0 && value !== to.min)) {
    to.bins ??= new Map([[binOf(to.min), to.count]]);
    const bin = binOf(value);
    to.bins.set(bin, (to.bins.get(bin) ?? 0) + times);
  }
  to.count += times;
  to.sum += value * times;
  if (value < to.min) to.min = value;
  if (value > to.max) to.max = value;
};

/** Adds all of another one, which stays as it is. */
export const addAll = (to: Distribution, from: Distribution): void => {
  if (from.count === 0) return;
  if (!from.bins) {
    addValue(to, from.min, from.count);
    return;
  }
  if (!to.bins) to.bins = new Map(to.count > 0 ? [[binOf(to.min), to.count]] : []);
  for (const [bin, times] of from.bins) to.bins.set(bin, (to.bins.get(bin) ?? 0) + times);
  to.count += from.count;
  to.sum += from.sum;
  to.min = Math.min(to.min, from.min);
  to.max = Math.max(to.max, from.max);
};

/**
 * A statistic of values that there are: `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount`, or a percentile such as
 * `p99`, which is within 1%.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export const statisticOf = (values: Distribution, statistic: string): number => {
  const { count, sum, min, max } = values;
  if (statistic === "Sum") return sum;
  if (statistic === "Average") return sum / count;
  if (statistic === "Minimum") return min;
  if (statistic === "Maximum") return max;
  if (statistic === "SampleCount") return count;
  return percentileOf(values, Number(statistic.slice(1)) / 100);
};

const percentileOf = ({ count, min, max, bins }: Distribution, share: number): number => {
  if (!bins) return min;
  const rank = Math.max(1, Math.ceil(share * count));
  // The first and the last value are known as they were.
  if (rank === 1) return min;
  if (rank === count) return max;
  let seen = 0;
  for (const [bin, times] of [...bins].sort(([a], [b]) => a - b)) {
    seen += times;
    if (seen >= rank) return Math.min(max, Math.max(min, middleOf(bin)));
  }
  return max;
};

/** The bins are in the order of their values: those of negative ones below 0, which is a bin of its own. */
const binOf = (value: number): number =>
  value === 0 ? 0 : Math.sign(value) * (positive + Math.ceil(Math.log(Math.abs(value)) / growth));

const middleOf = (bin: number): number => {
  if (bin === 0) return 0;
  const upper = Math.exp((Math.abs(bin) - positive) * growth);
  return (Math.sign(bin) * 2 * upper) / (1 + Math.exp(growth));
};
