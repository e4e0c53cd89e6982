import type { CallService, Principal } from "./aws/service.ts";
import type { Resource } from "./cloudformation/resource-type.ts";
import type { DeliveryTarget } from "./eventbridge/deliveries.ts";
import type { RuleProperties } from "./eventbridge/resources.ts";
import type { Iam } from "./iam/iam.ts";
import type { StateMachines } from "./stepfunctions/state-machines.ts";

interface Needs {
  readonly iam: Pick<Iam, "assume" | "authorize">;
  readonly callService: CallService;
  readonly stateMachines: Pick<StateMachines, "start">;
}

/**
 * How EventBridge reaches the targets and dead-letter queues of its rules. A rule's target is a state machine here,
 * and its execution lives in this process: the delivery is done when the execution has ended, so that one that a crash
 * cut off is started again, as an Express execution on AWS may be.
 */
export const eventTargets = ({ iam, callService, stateMachines }: Needs) => ({
  async deliver(target: DeliveryTarget, input: string, traceHeader: string | undefined): Promise<void> {
    const { arn, roleArn = "", ruleArn } = target;
    iam.assume("events.amazonaws.com", roleArn, ruleArn);
    const principal: Principal = { kind: "role", roleArn, session: "events" };
    iam.authorize(principal, [{ action: "states:StartExecution", resource: arn }]);
    const { status } = await stateMachines.start(arn, JSON.parse(input), { traceHeader }).ended;
    // The runtime stopped: the event stays in the journal for the next start.
    if (status === "ABORTED") throw new Error("The execution was aborted.");
  },

  async sendDeadLetter(
    queueArn: string,
    { body, attributes }: { body: string; attributes: Record<string, string> },
    ruleArn: string,
  ): Promise<void> {
    const [, , , , account, name] = queueArn.split(":");
    const values = Object.entries(attributes).map(([key, value]) => [key, { DataType: "String", StringValue: value }]);
    await callService(
      "sqs",
      "SendMessage",
      { QueueUrl: `/${account}/${name}`, MessageBody: body, MessageAttributes: Object.fromEntries(values) },
      { principal: { kind: "service", name: "events.amazonaws.com", sourceArn: ruleArn } },
    );
  },
});

/** @throws Error naming the rules that have a target of another kind, or one that EventBridge has no role for */
export const refuseOtherTargets = (rules: readonly Resource<RuleProperties>[]): void => {
  const problems = rules.flatMap(({ logicalId, properties }) =>
    properties.Targets.filter(({ Arn, RoleArn }) => !(Arn.split(":")[2] === "states" && RoleArn)).map(
      ({ Id, Arn }) => `${logicalId} (AWS::Events::Rule): the target ${Id}, ${Arn}, is no state machine with a RoleArn`,
    ),
  );
  if (problems.length > 0) throw new Error(`Only state machines are run as targets here:\n  ${problems.join("\n  ")}`);
};
