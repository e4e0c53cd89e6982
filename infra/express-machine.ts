import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";
import { definitionOf, type MachineName } from "./definition.ts";

/** The Express state machine of that name in `statemachines/`: traced, and with its errors in a log group of its own. */
export const expressMachine = (
  scope: Construct,
  name: MachineName,
  definitionSubstitutions: Readonly<Record<string, string>>,
): StateMachine =>
  new StateMachine(scope, name, {
    stateMachineType: StateMachineType.EXPRESS,
    definitionBody: DefinitionBody.fromString(definitionOf(name)),
    definitionSubstitutions,
    tracingEnabled: true,
    logs: {
      level: LogLevel.ERROR,
      includeExecutionData: false,
      destination: new LogGroup(scope, `${name}-logs`, {
        // Log groups of this prefix are not counted in the account's resource policy, which has a size limit.
        logGroupName: `/aws/vendedlogs/states/${Stack.of(scope).node.id}-${name}`,
        retention: RetentionDays.ONE_MONTH,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    },
  });
