import { Duration, Stack } from "aws-cdk-lib";
import { type Alarm, AlarmStatusWidget, Dashboard } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { Config } from "../config.ts";
import type { Observed } from "./observed.ts";
import { deliveryWidgets, messageWidgets, systemWidgets } from "./widgets.ts";

interface DashboardProps {
  readonly config: Config;
  readonly observed: Observed;
  readonly alarms: readonly Alarm[];
}

/** The dashboard, named as the stack. What an operator looks at first comes first: is anything wrong, and do messages arrive. */
export const dashboard = (scope: Construct, id: string, { config, observed, alarms }: DashboardProps): Dashboard => {
  const made = new Dashboard(scope, id, {
    dashboardName: Stack.of(scope).node.id,
    defaultInterval: Duration.hours(3),
  });
  made.addWidgets(new AlarmStatusWidget({ title: "Alarms", alarms: [...alarms], width: 24, height: 4 }));
  made.addWidgets(...messageWidgets(config));
  made.addWidgets(...deliveryWidgets(observed));
  made.addWidgets(...systemWidgets(observed));
  return made;
};
