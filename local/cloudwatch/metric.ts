/** A metric, as whoever measures it names it. Made once and put many times: the store finds it again by identity. */
export interface Metric {
  /** For example `AWS/Lambda`. */
  readonly namespace: string;
  readonly name: string;
  /** Values by dimension; the same name with other dimensions is another metric. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** One of CloudWatch's: `Count`, `Milliseconds`, … */
  readonly unit: string;
}

/** What may be said of a value besides. */
export interface PutOptions {
  /** Unix time in milliseconds; now, unless given. */
  readonly at?: number;
  /** Seconds that are told apart: 60 unless it is 1. */
  readonly storageResolution?: 1 | 60;
  /** How many times there was this value; once, unless given. */
  readonly times?: number;
}

/** Takes one value. It costs well under a microsecond and never fails, so that measuring slows nothing down. */
export type PutMetric = (metric: Metric, value: number, options?: PutOptions) => void;
