import { GetDashboardCommand, ListDashboardsCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { expect, test } from "vitest";
import { watch } from "./watch.ts";

test("a dashboard is given as the template has it", async () => {
  const { client } = await watch({ dashboards: { overview: '{"widgets":[]}' } });
  expect(await client.send(new GetDashboardCommand({ DashboardName: "overview" }))).toMatchObject({
    DashboardArn: "arn:aws:cloudwatch::123456789012:dashboard/overview",
    DashboardBody: '{"widgets":[]}',
  });
});

test("dashboards are listed by their prefix", async () => {
  const { client } = await watch({ dashboards: { overview: "{}", other: "{}" } });
  const { DashboardEntries } = await client.send(new ListDashboardsCommand({ DashboardNamePrefix: "over" }));
  expect(DashboardEntries).toMatchObject([{ DashboardName: "overview", Size: 2 }]);
});

test("a dashboard that is not there is not found, under the SDK's name for it", async () => {
  const { client } = await watch();
  await expect(client.send(new GetDashboardCommand({ DashboardName: "none" }))).rejects.toMatchObject({
    name: "DashboardNotFoundError",
  });
});

test("what does not run here is refused by its name", async () => {
  const { client } = await watch();
  const input = { AlarmName: "errors", StateValue: "OK" as const, StateReason: "a test" };
  await expect(client.send(new SetAlarmStateCommand(input))).rejects.toThrow("does not have SetAlarmState");
});

test.each([
  ["ListMetrics", {}, [{ action: "cloudwatch:ListMetrics", resource: "*" }]],
  [
    "DescribeAlarms",
    { AlarmNames: ["a"] },
    [{ action: "cloudwatch:DescribeAlarms", resource: "arn:aws:cloudwatch:us-east-1:123456789012:alarm:a" }],
  ],
  [
    "DescribeAlarms",
    {},
    [{ action: "cloudwatch:DescribeAlarms", resource: "arn:aws:cloudwatch:us-east-1:123456789012:alarm:*" }],
  ],
  [
    "GetDashboard",
    { DashboardName: "overview" },
    [{ action: "cloudwatch:GetDashboard", resource: "arn:aws:cloudwatch::123456789012:dashboard/overview" }],
  ],
  [
    "PutMetricData",
    { Namespace: "Shop", MetricData: [] },
    [{ action: "cloudwatch:PutMetricData", resource: "*", conditions: { "cloudwatch:namespace": "Shop" } }],
  ],
])("%s needs a permission as AWS names it", async (action, input, expected) => {
  const { service } = await watch();
  expect(service.permissions(action, input)).toEqual(expected);
});
