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
 * How EventBridge reaches the targets and dead-letter queues of its rules: state machines in the name of the target's
 * role, queues in its own name, which the queue's policy has to allow.
 */
export const eventTargets = ({ iam, callService, stateMachines }: Needs) => {
  const send = async (
    queueArn: string,
    { body, attributes = {} }: { body: string; attributes?: Record<string, string> },
    ruleArn: string,
  ): Promise<void> => {
    const [, , , , account, name] = queueArn.split(":");
    const values = Object.entries(attributes).map(([key, value]) => [key, { DataType: "String", StringValue: value }]);
    await callService(
      "sqs",
      "SendMessage",
      { QueueUrl: `/${account}/${name}`, MessageBody: body, MessageAttributes: Object.fromEntries(values) },
      { principal: { kind: "service", name: "events.amazonaws.com", sourceArn: ruleArn } },
    );
  };

  /**
   * An execution lives in this process: the delivery is done when the execution has ended, so that one that a crash
   * cut off is started again, as an Express execution on AWS may be.
   */
  const execute = async ({ arn, roleArn = "", ruleArn }: DeliveryTarget, input: string, traceHeader?: string) => {
    iam.assume("events.amazonaws.com", roleArn, ruleArn);
    const principal: Principal = { kind: "role", roleArn, session: "events" };
    iam.authorize(principal, [{ action: "states:StartExecution", resource: arn }]);
    const { status } = await stateMachines.start(arn, JSON.parse(input), { traceHeader }).ended;
    // The runtime stops: the event stays in the journal for the next start.
    if (status === "ABORTED") throw new Error("The execution was aborted.");
  };

  return {
    deliver: (target: DeliveryTarget, input: string, traceHeader: string | undefined): Promise<void> =>
      serviceOf(target.arn) === "sqs"
        ? send(target.arn, { body: input }, target.ruleArn)
        : execute(target, input, traceHeader),
    sendDeadLetter: send,
  };
};

const serviceOf = (arn: string) => arn.split(":")[2];

/** @throws Error naming the rules that have a target of another kind, or a state machine without a role to start it */
export const refuseOtherTargets = (rules: readonly Resource<RuleProperties>[]): void => {
  const runs = ({ Arn, RoleArn }: RuleProperties["Targets"][number]) =>
    serviceOf(Arn) === "sqs" || (serviceOf(Arn) === "states" && RoleArn !== undefined);
  const problems = rules.flatMap(({ logicalId, properties }) =>
    properties.Targets.filter((target) => !runs(target)).map(
      ({ Id, Arn }) => `\n  ${logicalId} (AWS::Events::Rule): the target ${Id} is ${Arn}`,
    ),
  );
  if (problems.length > 0)
    throw new Error(`Only queues, and state machines with a RoleArn, are run as targets here:${problems.join("")}`);
};
