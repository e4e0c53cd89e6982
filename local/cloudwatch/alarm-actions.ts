import type { JsonObject } from "../json.ts";
import type { Alarm } from "./alarm.ts";
import { readInput } from "./inputs.ts";
import type { Action } from "./metric-actions.ts";
import { pageOf } from "./page.ts";

interface Needs {
  /** By name. */
  readonly alarms: readonly Alarm[];
  /** When the alarms were made: Unix time in milliseconds. */
  readonly createdAt: number;
}

/** The actions on alarms: they are the template's, so they are only read. */
export const createAlarmActions = ({ alarms, createdAt }: Needs): Readonly<Record<string, Action>> => ({
  DescribeAlarms(given) {
    const input = readInput("DescribeAlarms", given);
    const { AlarmNames, AlarmNamePrefix = "", AlarmTypes, StateValue, MaxRecords = 50, NextToken } = input;
    const wanted = alarms.filter(
      (alarm) =>
        (AlarmTypes?.includes("MetricAlarm") ?? true) &&
        (AlarmNames?.includes(alarm.name) ?? true) &&
        alarm.name.startsWith(AlarmNamePrefix) &&
        (StateValue ?? alarm.state().state) === alarm.state().state,
    );
    const { page, ...more } = pageOf(wanted, MaxRecords, NextToken);
    return { MetricAlarms: page.map((alarm) => shown(alarm, createdAt)), CompositeAlarms: [], ...more };
  },
});

const shown = (alarm: Alarm, createdAt: number): JsonObject => {
  const { state, reason, since } = alarm.state();
  const { Tags: _, ...properties } = alarm.properties;
  const described = {
    ...properties,
    ...(properties.Namespace && { Dimensions: properties.Dimensions ?? [] }),
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    AlarmConfigurationUpdatedTimestamp: createdAt / 1_000,
    StateValue: state,
    StateReason: reason,
    StateUpdatedTimestamp: since / 1_000,
    StateTransitionedTimestamp: since / 1_000,
  };
  return JSON.parse(JSON.stringify(described));
};
