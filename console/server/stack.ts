import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DescribeStateMachineCommand, ListStateMachinesCommand } from "@aws-sdk/client-sfn";
import type { ConsoleNeeds } from "../../local/console/needs.ts";
import { openDeadLetters } from "../../redrive/dead-letters.ts";
import { openStack } from "../../verify/stack.ts";

/** The running stack through unmodified SDK clients, as an operator's own would see it on AWS. */
export const openConsoleStack = ({ stackName, region, origin, operator }: ConsoleNeeds) => {
  const account = { region, endpoint: origin(), credentials: operator };
  const stack = openStack(stackName, account);
  const deadLetters = openDeadLetters(stackName, account);
  const metrics = new CloudWatchClient(account);
  /** The definition of the state machine with this name, as JSON text. @throws Error for one that there is not */
  const definitionOf = async (name: string): Promise<string> => {
    const { stateMachines = [] } = await stack.machines.send(new ListStateMachinesCommand({}));
    const { stateMachineArn } = stateMachines.find((machine) => machine.name === name) ?? {};
    if (!stateMachineArn) throw new Error(`There is no state machine ${name}.`);
    const { definition = "" } = await stack.machines.send(new DescribeStateMachineCommand({ stateMachineArn }));
    return definition;
  };
  return {
    ...stack,
    definitionOf,
    metrics,
    deadLetters,
    end: () => {
      stack.end();
      deadLetters.end();
      metrics.destroy();
    },
  };
};

export type ConsoleStack = ReturnType<typeof openConsoleStack>;
