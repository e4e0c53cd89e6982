import * as v from "valibot";
import type { Metric, PutMetric } from "./metric.ts";

const directive = v.object({
  Namespace: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
  Dimensions: v.array(v.pipe(v.array(v.string()), v.maxLength(30))),
  Metrics: v.pipe(
    v.array(
      v.object({
        Name: v.string(),
        Unit: v.optional(v.string(), "None"),
        StorageResolution: v.optional(v.picklist([1, 60]), 60),
      }),
    ),
    v.maxLength(100),
  ),
});

/** A log event that carries metrics; its other members are its values, dimensions, and whatever else it says. */
const document = v.looseObject({
  _aws: v.object({ Timestamp: v.optional(v.number()), CloudWatchMetrics: v.array(directive) }),
});

const values = v.union([
  v.pipe(
    v.number(),
    v.transform((one) => [one]),
  ),
  v.pipe(v.array(v.number()), v.maxLength(100)),
]);

/**
 * Takes the metrics out of a log event in the embedded metric format; any other event has none, and neither has one
 * that is not well formed, as on AWS. A metric whose value or a dimension's is missing is left out, the others are
 * taken.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const createEmbeddedMetrics =
  (put: PutMetric) =>
  (line: string): void => {
    // Nearly all lines end here, before they are read as JSON.
    if (!line.includes('"CloudWatchMetrics"')) return;
    const read = v.safeParse(document, jsonIn(line));
    if (!read.success) return;
    const { _aws, ...members } = read.output;
    const { Timestamp: at } = _aws;
    for (const { Namespace: namespace, Dimensions, Metrics } of _aws.CloudWatchMetrics)
      for (const names of Dimensions) {
        const dimensions = dimensionsOf(names, members);
        if (!dimensions) continue;
        for (const { Name: name, Unit: unit, StorageResolution: storageResolution } of Metrics) {
          const found = v.safeParse(values, members[name]);
          const metric: Metric = { namespace, name, dimensions, unit };
          if (!found.success) continue;
          for (const value of found.output) put(metric, value, { ...(at !== undefined && { at }), storageResolution });
        }
      }
  };

const dimensionsOf = (
  names: readonly string[],
  members: Readonly<Record<string, unknown>>,
): Record<string, string> | undefined => {
  const entries = names.map((name) => [name, members[name]] as const);
  return entries.every((entry): entry is readonly [string, string] => typeof entry[1] === "string")
    ? Object.fromEntries(entries)
    : undefined;
};

const jsonIn = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};
