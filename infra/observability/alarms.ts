import { Stack } from "aws-cdk-lib";
import { Alarm, ComparisonOperator } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import type { Config } from "../config.ts";
import type { Watched } from "./watched.ts";

interface AlarmsProps {
  readonly config: Config;
  readonly watched: readonly Watched[];
}

/** The alarms: `{stack}-{what is watched}`, each with what it means and where it says what to do. */
export class Alarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, { config, watched }: AlarmsProps) {
    super(scope, id);
    this.all = watched.map((each) => this.#alarm(each, config.alarmTopicArn));
  }

  #alarm({ id, metric, above, periods, missing, meaning, runbook }: Watched, topicArn: string | undefined): Alarm {
    const [datapointsToAlarm, evaluationPeriods] = periods;
    const alarm = new Alarm(this, id, {
      alarmName: `${Stack.of(this).node.id}-${id}`,
      alarmDescription: `${meaning} docs/operations.md#${runbook}`,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      datapointsToAlarm,
      evaluationPeriods,
      treatMissingData: missing,
    });
    if (topicArn === undefined) return alarm;
    // CDK's SnsAction would load the modules of all other actions with it.
    const topic = { bind: () => ({ alarmActionArn: topicArn }) };
    alarm.addAlarmAction(topic);
    alarm.addOkAction(topic);
    return alarm;
  }
}
