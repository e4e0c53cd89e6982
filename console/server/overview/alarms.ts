import { type CloudWatchClient, paginateDescribeAlarms } from "@aws-sdk/client-cloudwatch";
import type { Alarm } from "../../contract.ts";

/** The stack's alarms, those that ring first. */
export const readAlarms = async (client: CloudWatchClient): Promise<Alarm[]> => {
  const alarms: Alarm[] = [];
  for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client }, {}))
    for (const { AlarmName = "", StateValue, AlarmDescription = "", StateUpdatedTimestamp } of MetricAlarms)
      alarms.push({
        name: AlarmName,
        state: StateValue ?? "INSUFFICIENT_DATA",
        description: AlarmDescription,
        since: StateUpdatedTimestamp?.getTime() ?? 0,
      });
  return alarms.sort((one, other) => RANK[one.state] - RANK[other.state] || one.name.localeCompare(other.name));
};

const RANK: Readonly<Record<Alarm["state"], number>> = { ALARM: 0, INSUFFICIENT_DATA: 1, OK: 2 };
