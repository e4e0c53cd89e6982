import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { describe, expect, test } from "vitest";
import { alarmOn } from "./alarms.ts";
import { ERRORS, MINUTE_MS, watch } from "./watch.ts";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:people";
const described = async ({ client }: Awaited<ReturnType<typeof watch>>, AlarmNames = ["errors"]) => {
  const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({ AlarmNames }));
  return MetricAlarms[0];
};
const stateOf = async (watching: Awaited<ReturnType<typeof watch>>) => (await described(watching))?.StateValue;

test("an alarm knows nothing until the first minute is over and has settled", async () => {
  const watching = await watch({ alarms: { errors: alarmOn() } });
  watching.put(ERRORS, 1);
  await watching.clock.advance(MINUTE_MS - 1);
  expect(await described(watching)).toMatchObject({
    StateValue: "INSUFFICIENT_DATA",
    StateReason: "Unchecked: Initial alarm creation",
  });
});

test("a breach is an alarm soon after its minute, with its reason in CloudWatch's words", async () => {
  const watching = await watch({ alarms: { errors: alarmOn({ AlarmDescription: "Checkouts fail." }) } });
  watching.put(ERRORS, 2);
  watching.put(ERRORS, 1);
  await watching.clock.advance(MINUTE_MS);
  expect(await described(watching)).toMatchObject({
    AlarmName: "errors",
    AlarmArn: "arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors",
    AlarmDescription: "Checkouts fail.",
    MetricName: "Errors",
    Dimensions: [{ Name: "Step", Value: "checkout" }],
    StateValue: "ALARM",
    StateReason:
      "Threshold Crossed: 1 datapoint [3.0 (01/01/26 00:00:00)] was greater than or equal to the threshold (1.0).",
    StateUpdatedTimestamp: new Date("2026-01-01T00:01:10Z"),
  });
});

test("an alarm ends when its metric is right again", async () => {
  const watching = await watch({ alarms: { errors: alarmOn() } });
  watching.put(ERRORS, 1);
  await watching.clock.advance(MINUTE_MS);
  watching.put(ERRORS, 0);
  await watching.clock.advance(MINUTE_MS);
  expect(await described(watching)).toMatchObject({
    StateValue: "OK",
    StateUpdatedTimestamp: new Date("2026-01-01T00:02:10Z"),
  });
});

describe("where no values come", () => {
  test("an alarm that takes that for right ends", async () => {
    const watching = await watch({ alarms: { errors: alarmOn({ TreatMissingData: "notBreaching" }) } });
    watching.put(ERRORS, 1);
    await watching.clock.advance(MINUTE_MS);
    expect(await stateOf(watching)).toBe("ALARM");
    // The range that is looked at has two periods more than the alarm is over.
    await watching.clock.advance(3 * MINUTE_MS);
    expect(await described(watching)).toMatchObject({
      StateValue: "OK",
      StateReason:
        "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].",
    });
  });

  test.each([
    ["ignore", "ALARM"],
    ["missing", "INSUFFICIENT_DATA"],
  ])("an alarm with %s is then %s", async (TreatMissingData, expected) => {
    const watching = await watch({ alarms: { errors: alarmOn({ TreatMissingData }) } });
    watching.put(ERRORS, 1);
    await watching.clock.advance(10 * MINUTE_MS);
    expect(await stateOf(watching)).toBe(expected);
  });
});

test.each([
  ["GreaterThanThreshold", 5, "OK"],
  ["GreaterThanThreshold", 5.1, "ALARM"],
  ["GreaterThanOrEqualToThreshold", 5, "ALARM"],
  ["LessThanThreshold", 5, "OK"],
  ["LessThanThreshold", 4.9, "ALARM"],
  ["LessThanOrEqualToThreshold", 5, "ALARM"],
])("%s 5 is for %d: %s", async (ComparisonOperator, value, expected) => {
  const watching = await watch({ alarms: { errors: alarmOn({ ComparisonOperator, Threshold: 5 }) } });
  watching.put(ERRORS, value);
  await watching.clock.advance(MINUTE_MS);
  expect(await stateOf(watching)).toBe(expected);
});

test("an alarm over five minutes looks at the five minutes before each minute", async () => {
  const watching = await watch({ alarms: { errors: alarmOn({ Period: 300, Threshold: 3 }) } });
  for (let minute = 0; minute < 3; minute++) {
    watching.put(ERRORS, 1);
    await watching.clock.advance(MINUTE_MS);
  }
  expect(await stateOf(watching)).toBe("ALARM");
});

test("an alarm on the time to the last of a hundred looks at the percentile", async () => {
  const { Statistic: _, ...properties } = alarmOn({ ExtendedStatistic: "p90", Threshold: 500 });
  const watching = await watch({ alarms: { errors: properties } });
  for (let times = 0; times < 95; times++) watching.put(ERRORS, 100);
  for (let times = 0; times < 5; times++) watching.put(ERRORS, 1_000);
  await watching.clock.advance(MINUTE_MS);
  expect(await stateOf(watching)).toBe("OK");
  for (let times = 0; times < 20; times++) watching.put(ERRORS, 1_000);
  await watching.clock.advance(MINUTE_MS);
  expect(await stateOf(watching)).toBe("ALARM");
});

test("an alarm may be on a sum over metrics", async () => {
  const { Namespace, MetricName, Dimensions, Statistic: Stat, Period, ...others } = alarmOn({ Threshold: 3 });
  const query = (Id: string, Value: string) => ({
    Id,
    ReturnData: false,
    MetricStat: { Metric: { Namespace, MetricName, Dimensions: [{ Name: "Step", Value }] }, Period, Stat },
  });
  const Metrics = [{ Id: "both", Expression: "a + b" }, query("a", "checkout"), query("b", "payment")];
  const watching = await watch({ alarms: { errors: { ...others, Metrics } as never } });
  watching.put(ERRORS, 2);
  watching.put({ ...ERRORS, dimensions: { Step: "payment" } }, 1);
  await watching.clock.advance(MINUTE_MS);
  expect(await stateOf(watching)).toBe("ALARM");
});

test("the log says that an alarm has begun and that it has ended, and whom it would have told", async () => {
  const alarm = alarmOn({ AlarmDescription: "Checkouts fail.", AlarmActions: [TOPIC] });
  const { put, clock, logged } = await watch({ alarms: { errors: alarm } });
  put(ERRORS, 1);
  await clock.advance(MINUTE_MS);
  put(ERRORS, 0);
  await clock.advance(MINUTE_MS);
  expect(logged).toMatchObject([
    { level: "warn", message: "The alarm errors is ALARM: Checkouts fail.", details: { wouldNotify: [TOPIC] } },
    { level: "info", message: "The alarm errors is OK: Checkouts fail." },
  ]);
});

test("what began in a minute and is known a moment after its end is looked at with it", async () => {
  const watching = await watch({ alarms: { errors: alarmOn() } });
  const { put, clock } = watching;
  await clock.advance(MINUTE_MS - 1);
  put(ERRORS, 1, { at: clock.now() - 20_000 });
  put(ERRORS, 0);
  await clock.advance(1);
  expect(await stateOf(watching)).toBe("ALARM");
});

test("an alarm on a metric of high resolution is evaluated at the end of each of its periods", async () => {
  const watching = await watch({ alarms: { errors: alarmOn({ Period: 10 }) } });
  watching.put(ERRORS, 1, { storageResolution: 1 });
  await watching.clock.advance(20_000);
  expect(await stateOf(watching)).toBe("ALARM");
});

test("alarms are described by their prefix, their state, and a page at a time", async () => {
  const { put, clock, client } = await watch({
    alarms: { a1: alarmOn(), a2: alarmOn({ Threshold: 9 }), b: alarmOn() },
  });
  put(ERRORS, 1);
  await clock.advance(MINUTE_MS);
  const names = async (input: object) =>
    (await client.send(new DescribeAlarmsCommand(input))).MetricAlarms?.map(({ AlarmName }) => AlarmName);
  expect(await names({ AlarmNamePrefix: "a" })).toEqual(["a1", "a2"]);
  expect(await names({ StateValue: "ALARM" })).toEqual(["a1", "b"]);
  expect(await names({ AlarmTypes: ["CompositeAlarm"] })).toEqual([]);
  const { NextToken } = await client.send(new DescribeAlarmsCommand({ MaxRecords: 2 }));
  expect(await names({ MaxRecords: 2, NextToken })).toEqual(["b"]);
});
