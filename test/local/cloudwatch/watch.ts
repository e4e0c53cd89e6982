import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { onTestFinished } from "vitest";
import { createCloudWatch } from "../../../local/cloudwatch/cloudwatch.ts";
import type { Metric } from "../../../local/cloudwatch/metric.ts";
import { resourceTypes } from "../../../local/cloudwatch/resources.ts";
import type { JsonObject } from "../../../local/json.ts";
import type { LogEntry } from "../../../local/log.ts";
import { serveJson } from "../../support/aws-json-server.ts";
import { declared } from "../../support/declared.ts";
import { manualClock } from "../../support/manual-clock.ts";

export const MINUTE_MS = 60_000;

/** The errors of the shop's checkout: what `alarmOn` watches. */
export const ERRORS: Metric = {
  namespace: "Shop",
  name: "Errors",
  dimensions: { Step: "checkout" },
  unit: "Count",
};

interface Options {
  /** Properties of alarms, by name. */
  readonly alarms?: Readonly<Record<string, JsonObject>>;
  readonly dashboards?: Readonly<Record<string, string>>;
}

/**
 * CloudWatch in the first minute of 2026, and the unmodified SDK's client for it. Ten seconds of the minute are over: a
 * minute later the alarms are evaluated, over this one.
 */
export const watch = async ({ alarms = {}, dashboards = {} }: Options = {}) => {
  const clock = manualClock(Date.UTC(2026, 0, 1, 0, 0, 10));
  const logged: LogEntry[] = [];
  const cloudWatch = createCloudWatch({
    alarms: Object.entries(alarms).map(([AlarmName, properties]) =>
      declared(resourceTypes["AWS::CloudWatch::Alarm"], AlarmName, { AlarmName, ...properties }),
    ),
    dashboards: Object.entries(dashboards).map(([DashboardName, DashboardBody]) =>
      declared(resourceTypes["AWS::CloudWatch::Dashboard"], DashboardName, { DashboardName, DashboardBody }),
    ),
    place: { partition: "aws", region: "us-east-1", account: "123456789012" },
    clock,
    log: (entry) => logged.push(entry),
  });
  const server = await serveJson(cloudWatch.service);
  const client = new CloudWatchClient(server.client);
  onTestFinished(async () => {
    cloudWatch.stop();
    client.destroy();
    await server.close();
  });
  return { ...cloudWatch, clock, client, logged };
};
