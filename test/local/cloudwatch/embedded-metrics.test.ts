import { expect, test } from "vitest";
import { createEmbeddedMetrics } from "../../../local/cloudwatch/embedded-metrics.ts";

const line = (directive: object, members: object, more: object = {}) =>
  JSON.stringify({
    _aws: { Timestamp: 1_767_225_600_000, CloudWatchMetrics: [{ Namespace: "Shop", Dimensions: [[]], ...directive }] },
    ...more,
    ...members,
  });

const taken = (text: string) => {
  const puts: unknown[] = [];
  createEmbeddedMetrics((metric, value, options) =>
    puts.push({ ...metric.dimensions, [metric.name]: value, unit: metric.unit, ...options }),
  )(text);
  return puts;
};

const at = 1_767_225_600_000;
const usual = { at, storageResolution: 60 };

test("each metric is taken for each set of dimensions", () => {
  const directive = { Dimensions: [["Stage"], ["Stage", "Step"]], Metrics: [{ Name: "Sales", Unit: "Count" }] };
  expect(taken(line(directive, { Stage: "dev", Step: "pay", Sales: 3, message: "Sold." }))).toEqual([
    { Stage: "dev", Sales: 3, unit: "Count", ...usual },
    { Stage: "dev", Step: "pay", Sales: 3, unit: "Count", ...usual },
  ]);
});

test("a list is as many values, and a resolution of one second is kept", () => {
  const directive = { Metrics: [{ Name: "Ms", Unit: "Milliseconds", StorageResolution: 1 }] };
  expect(taken(line(directive, { Ms: [1, 2] }))).toEqual([
    { Ms: 1, unit: "Milliseconds", at, storageResolution: 1 },
    { Ms: 2, unit: "Milliseconds", at, storageResolution: 1 },
  ]);
});

test("of several metrics those are taken that have a value", () => {
  const directive = { Metrics: [{ Name: "Sales" }, { Name: "Returns" }, { Name: "Note" }] };
  expect(taken(line(directive, { Sales: 1, Note: "text" }))).toEqual([{ Sales: 1, unit: "None", ...usual }]);
});

test.each([
  ["text", "Sold. CloudWatchMetrics"],
  ["JSON without metrics", '{"message": "Sold."}'],
  ["broken JSON", '{"_aws": {"CloudWatchMetrics"'],
  ["a dimension that is not there", line({ Dimensions: [["Stage"]], Metrics: [{ Name: "Sales" }] }, { Sales: 1 })],
  ["metrics without a namespace", line({ Namespace: "", Metrics: [{ Name: "Sales" }] }, { Sales: 1 })],
])("nothing is taken from %s", (_what, text) => {
  expect(taken(text)).toEqual([]);
});
