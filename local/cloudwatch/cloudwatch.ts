import { AwsError } from "../aws/error.ts";
import type { AwsService } from "../aws/service.ts";
import type { Clock } from "../clock.ts";
import type { Identity, Resource } from "../cloudformation/resource-type.ts";
import type { Log } from "../log.ts";
import { createAlarmActions } from "./alarm-actions.ts";
import type { AlarmProperties } from "./alarm-properties.ts";
import { createAlarms } from "./alarms.ts";
import { createDashboardActions } from "./dashboard-actions.ts";
import { createEmbeddedMetrics } from "./embedded-metrics.ts";
import type { PutMetric } from "./metric.ts";
import { createMetricActions } from "./metric-actions.ts";
import { createMetricStore } from "./metric-store.ts";
import { dashboardArn, permissionsOf } from "./permissions.ts";
import type { DashboardProperties } from "./resources.ts";

interface Needs {
  readonly alarms: readonly Resource<AlarmProperties>[];
  readonly dashboards: readonly Resource<DashboardProperties>[];
  /** The account and Region that the stack is in. */
  readonly place: Pick<Identity, "partition" | "region" | "account">;
  readonly clock: Clock;
  readonly log: Log;
}

/** CloudWatch's metrics, alarms and dashboards; its logs are a service of their own. */
export interface CloudWatch {
  readonly service: AwsService;
  /** Takes a service's metrics. */
  readonly put: PutMetric;
  /** Takes the metrics that a log event carries in the embedded metric format, if it does. */
  takeEmbedded(line: string): void;
  /** Ends the evaluation of alarms. */
  stop(): void;
}

/** Makes CloudWatch: nothing of it is kept beyond the end of the runtime, and every alarm begins without data. */
export const createCloudWatch = ({ alarms: resources, dashboards, place, clock, log }: Needs): CloudWatch => {
  const store = createMetricStore({ clock, log });
  const alarms = createAlarms({ alarms: resources, store, clock, log });
  const createdAt = clock.now();
  const actions = {
    ...createMetricActions({ store, clock }),
    ...createAlarmActions({ alarms: alarms.all, createdAt }),
    ...createDashboardActions({ dashboards, createdAt, arnOf: (name) => dashboardArn(place, name) }),
  };

  return {
    service: {
      signingName: "monitoring",
      targetPrefix: "GraniteServiceVersion20100801",
      jsonVersion: "1.0",
      permissions: (action, input) => permissionsOf(place, action, input),
      async call(action, input) {
        const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
        if (run) return run(input);
        throw new AwsError("UnknownOperationException", `The local CloudWatch does not have ${action}.`);
      },
    },
    put: store.put,
    takeEmbedded: createEmbeddedMetrics(store.put),
    stop: alarms.stop,
  };
};
