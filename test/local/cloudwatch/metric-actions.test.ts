import {
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  GetMetricStatisticsCommand,
  type GetMetricStatisticsCommandInput,
  ListMetricsCommand,
  PutMetricDataCommand,
  type PutMetricDataCommandInput,
} from "@aws-sdk/client-cloudwatch";
import { expect, test } from "vitest";
import { ERRORS, MINUTE_MS, watch } from "./watch.ts";

const START = new Date("2026-01-01T00:00:00Z");
const at = (minutes: number) => new Date(START.getTime() + minutes * MINUTE_MS);
const MetricName = "Errors";
const Dimensions = [{ Name: "Step", Value: "checkout" }];
const Metric = { Namespace: "Shop", MetricName, Dimensions };
const errors = { Id: "errors", MetricStat: { Metric, Period: 60, Stat: "Sum" } };

/** Two errors in the first minute, five in the third. */
const watched = async () => {
  const watching = await watch();
  const { put, clock, client } = watching;
  put(ERRORS, 2);
  await clock.advance(2 * MINUTE_MS);
  put(ERRORS, 5);
  const ask = async (input: Partial<GetMetricDataCommandInput>) => {
    const asked = { MetricDataQueries: [errors], StartTime: START, EndTime: at(5), ...input };
    return (await client.send(new GetMetricDataCommand(asked))).MetricDataResults;
  };
  return { ...watching, ask };
};

test("the values of a metric come by the starts of their periods, the newest first", async () => {
  const { ask } = await watched();
  expect(await ask({})).toEqual([
    { Id: "errors", Label: "Errors", Timestamps: [at(2), START], Values: [5, 2], StatusCode: "Complete" },
  ]);
  expect(await ask({ ScanBy: "TimestampAscending" })).toMatchObject([{ Values: [2, 5] }]);
});

test("the end is not in it, and a start within a minute is that minute's", async () => {
  const { ask } = await watched();
  expect(await ask({ EndTime: at(2) })).toMatchObject([{ Values: [2] }]);
  expect(await ask({ StartTime: at(0.5) })).toMatchObject([{ Values: [5, 2] }]);
});

test("a sum over queries is returned, and one that is only part of it is not", async () => {
  const { ask } = await watched();
  const double = { Id: "double", Expression: "errors * 2", Label: "twice" };
  const MetricDataQueries = [double, { ...errors, ReturnData: false }];
  expect(await ask({ MetricDataQueries })).toMatchObject([{ Id: "double", Label: "twice", Values: [10, 4] }]);
});

test.each([
  ["an id that there is not", { Id: "a", Expression: "b + 1" }, /There is no query b/],
  ["a sum of itself", { Id: "a", Expression: "a + 1" }, /a is part of itself/],
  ["a function", { Id: "a", Expression: "RATE(errors)" }, /"RATE" is not understood/],
])("%s is refused", async (_what, query, message) => {
  const { ask } = await watched();
  await expect(ask({ MetricDataQueries: [query] })).rejects.toMatchObject({
    name: "InvalidParameterValueException",
    message: expect.stringMatching(message),
  });
});

test("GetMetricStatistics gives several statistics of each period, and the unit", async () => {
  const { client } = await watched();
  const input: GetMetricStatisticsCommandInput = {
    ...Metric,
    StartTime: START,
    EndTime: at(5),
    Period: 300,
    Statistics: ["Sum", "Maximum", "SampleCount"],
    ExtendedStatistics: ["p100"],
  };
  expect(await client.send(new GetMetricStatisticsCommand(input))).toMatchObject({
    Label: "Errors",
    Datapoints: [
      { Timestamp: START, Sum: 7, Maximum: 5, SampleCount: 2, ExtendedStatistics: { p100: 5 }, Unit: "Count" },
    ],
  });
});

test("more than 1,440 datapoints are refused", async () => {
  const { client } = await watched();
  const input = { ...Metric, StartTime: START, EndTime: at(1_441), Period: 60, Statistics: ["Sum" as const] };
  await expect(client.send(new GetMetricStatisticsCommand(input))).rejects.toMatchObject({
    name: "InvalidParameterCombinationException",
  });
});

test("metrics are listed by namespace, name and dimensions", async () => {
  const { put, client } = await watched();
  put({ ...ERRORS, dimensions: { Step: "payment", Shop: "one" } }, 1);
  put({ ...ERRORS, name: "Sales" }, 1);
  const listed = async (input: object) => (await client.send(new ListMetricsCommand(input))).Metrics;
  expect(await listed({ Namespace: "Shop", MetricName: "Errors", Dimensions: [{ Name: "Step" }] })).toHaveLength(2);
  expect(await listed({ Dimensions: [{ Name: "Step", Value: "checkout" }], MetricName: "Errors" })).toEqual([Metric]);
  expect(await listed({ Namespace: "AWS/Lambda" })).toEqual([]);
});

test("metrics without values for six hours are no longer listed", async () => {
  const { clock, client } = await watched();
  await clock.advance(6 * 60 * MINUTE_MS);
  expect((await client.send(new ListMetricsCommand({}))).Metrics).toHaveLength(1);
  await clock.advance(3 * MINUTE_MS);
  expect((await client.send(new ListMetricsCommand({}))).Metrics).toEqual([]);
});

test("values that are put count as often as they say, at their time", async () => {
  const { client, ask } = await watched();
  const datum = { MetricName, Dimensions, Timestamp: at(1), Unit: "Count" as const };
  const input: PutMetricDataCommandInput = {
    Namespace: "Shop",
    MetricData: [
      { ...datum, Value: 1 },
      { ...datum, Values: [10, 20], Counts: [1, 3] },
    ],
  };
  await client.send(new PutMetricDataCommand(input));
  expect(await ask({})).toMatchObject([{ Values: [5, 71, 2] }]);
});

test.each([
  ["a namespace of AWS's", { Namespace: "AWS/Lambda", MetricData: [] }, /begins with AWS/],
  ["a datum without a value", { Namespace: "Shop", MetricData: [{ MetricName: "Errors" }] }, /either Value or Values/],
])("%s is not put", async (_what, input, message) => {
  const { client } = await watched();
  await expect(client.send(new PutMetricDataCommand(input))).rejects.toThrow(message);
});
