import { Stack } from "aws-cdk-lib";
import { WebSocketStage } from "aws-cdk-lib/aws-apigatewayv2";
import { Table } from "aws-cdk-lib/aws-dynamodb";
import { Rule } from "aws-cdk-lib/aws-events";
import { Function as Lambda } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import type { Construct, IConstruct } from "constructs";
import { Functions } from "../functions.ts";

/** What there is to look after in a stack. Each is called by its construct's id: `publish`, `room-fanout`, `undelivered`. */
export interface Observed {
  readonly functions: readonly Lambda[];
  readonly machines: readonly StateMachine[];
  /** Each of them is one for dead letters. */
  readonly queues: readonly Queue[];
  readonly rules: readonly Rule[];
  readonly tables: readonly Table[];
  readonly stages: readonly WebSocketStage[];
  readonly logGroups: readonly LogGroup[];
}

/**
 * Finds all there is to look after, so that what is added to the stack is looked after too, and nobody has to think of
 * it. Whoever calls this has to come last.
 */
export const observedIn = (scope: Construct): Observed => {
  const all = Stack.of(scope).node.findAll();
  const every = <Kind extends IConstruct>(kind: abstract new (...args: never[]) => Kind): Kind[] =>
    all.filter((construct): construct is Kind & IConstruct => construct instanceof kind);
  return {
    // CDK's own run only while a deployment does, which tells of their errors itself.
    functions: every(Lambda).filter(({ node }) => node.scope instanceof Functions),
    machines: every(StateMachine),
    queues: every(Queue),
    rules: every(Rule),
    tables: every(Table),
    stages: every(WebSocketStage),
    logGroups: every(LogGroup),
  };
};

/** Those of these ids, in the order of the ids. @throws Error naming the id that is not there */
export const named = <Kind extends IConstruct>(constructs: readonly Kind[], ...ids: string[]): Kind[] =>
  ids.map((id) => {
    const found = constructs.find(({ node }) => node.id === id);
    if (!found) throw new Error(`There is no ${id} in the stack to look after.`);
    return found;
  });
