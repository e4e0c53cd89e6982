import type { Principal } from "./aws/service.ts";
import type { Resource } from "./cloudformation/resource-type.ts";
import type { DeliveryNeeds, DeliveryTarget } from "./eventbridge/deliveries.ts";
import type { RuleProperties } from "./eventbridge/resources.ts";
import type { Iam } from "./iam/iam.ts";
import type { Functions } from "./lambda/functions.ts";
import type { SendMessage } from "./send-message.ts";
import type { StateMachines } from "./stepfunctions/state-machines.ts";

interface Needs {
  readonly iam: Pick<Iam, "assume" | "authorize">;
  readonly sendMessage: SendMessage;
  readonly stateMachines: Pick<StateMachines, "start">;
  readonly functions: Pick<Functions, "invokeAsynchronously">;
}

/** EventBridge itself, which a queue's or a function's policy has to allow for this rule. */
const forRule = (ruleArn: string): Principal => ({
  kind: "service",
  name: "events.amazonaws.com",
  sourceArn: ruleArn,
});

/**
 * How EventBridge reaches the targets and dead-letter queues of its rules: state machines in the name of the target's
 * role, functions and queues in its own name.
 */
export const eventTargets = (needs: Needs): Pick<DeliveryNeeds, "deliver" | "sendDeadLetter"> => {
  const { iam, sendMessage, stateMachines, functions } = needs;

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

  /**
   * Lambda's queue is in this process too, so the delivery is done when the invocation has ended for good. A failing
   * function is Lambda's to retry: EventBridge's own retries are for what Lambda does not take.
   */
  const invoke = ({ arn, ruleArn }: DeliveryTarget, input: string, traceHeader?: string) =>
    functions.invokeAsynchronously({ functionName: arn, payload: input, principal: forRule(ruleArn), traceHeader });

  return {
    deliver: async (target, input, traceHeader) => {
      if (serviceOf(target.arn) === "lambda") return invoke(target, input, traceHeader);
      if (serviceOf(target.arn) === "states") return execute(target, input, traceHeader);
      return sendMessage(target.arn, { body: input, traceHeader }, forRule(target.ruleArn));
    },
    sendDeadLetter: (queueArn, message, ruleArn) => sendMessage(queueArn, message, forRule(ruleArn)),
  };
};

const serviceOf = (arn: string) => arn.split(":")[2];

/** @throws Error naming the rules with a target of another kind, or one that has or lacks a role as it may not */
export const refuseOtherTargets = (rules: readonly Resource<RuleProperties>[]): void => {
  const runs = ({ Arn, RoleArn }: RuleProperties["Targets"][number]) =>
    serviceOf(Arn) === "sqs" ||
    (serviceOf(Arn) === "lambda" && RoleArn === undefined) ||
    (serviceOf(Arn) === "states" && RoleArn !== undefined);
  const problems = rules.flatMap(({ logicalId, properties }) =>
    properties.Targets.filter((target) => !runs(target)).map(
      ({ Id, Arn }) => `\n  ${logicalId} (AWS::Events::Rule): the target ${Id} is ${Arn}`,
    ),
  );
  if (problems.length > 0)
    throw new Error(
      `Only queues, functions without a RoleArn, and state machines with one are run as targets here:${problems.join("")}`,
    );
};
