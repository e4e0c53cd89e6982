/** Namespace of the CloudWatch metrics that the functions write into their log, by the embedded metric format. */
export const METRICS_NAMESPACE = "Roomcast";

/** The one dimension of each of them: the stage. */
export const STAGE_DIMENSION = "Stage";

/** Their names. `published` is of `publish` and `publish-requested`, `unavailable` of all routes, the rest of the receipts. */
export const METRICS = {
  published: "Published",
  /** Frames that failed inside, and were answered `UNAVAILABLE`: to Lambda they are no errors. */
  unavailable: "Unavailable",
  recipients: "Recipients",
  delivered: "Delivered",
  /** Connections that were no longer there. */
  pruned: "Pruned",
  failed: "Failed",
  /** Posts that were answered by throttling, each try of them. */
  throttled: "Throttled",
  /** From when `publish` took a message until its receipt. */
  timeToLast: "TimeToLast",
} as const;

export type Metric = (typeof METRICS)[keyof typeof METRICS];

/** CloudWatch's unit of each. */
export const METRIC_UNITS = {
  Published: "Count",
  Unavailable: "Count",
  Recipients: "Count",
  Delivered: "Count",
  Pruned: "Count",
  Failed: "Count",
  Throttled: "Count",
  TimeToLast: "Milliseconds",
} as const satisfies Record<Metric, "Count" | "Milliseconds">;
