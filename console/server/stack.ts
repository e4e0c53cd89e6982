import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DescribeStateMachineCommand, ListStateMachinesCommand } from "@aws-sdk/client-sfn";
import type { ConsoleNeeds } from "../../local/console/needs.ts";
import { openDeadLetters } from "../../redrive/dead-letters.ts";
import { openStack } from "../../verify/stack.ts";

/** A state machine of the stack. */
export interface DescribedMachine {
  /** For example `Roomcast-dev-room-fanout`: the machine's own name is of CloudFormation's making. */
  readonly title: string;
  /** JSON text. */
  readonly definition: string;
}

/** The running stack through unmodified SDK clients, as an operator's own would see it on AWS. */
export const openConsoleStack = ({ stackName, region, origin, operator }: ConsoleNeeds) => {
  const account = { region, endpoint: origin(), credentials: operator };
  const stack = openStack(stackName, account);
  const deadLetters = openDeadLetters(stackName, account);
  const metrics = new CloudWatchClient(account);
  /** The state machine that is so called, as its log group names it. @returns undefined for one that there is not */
  const machineCalled = async (name: string): Promise<DescribedMachine | undefined> => {
    const { stateMachines = [] } = await stack.machines.send(new ListStateMachinesCommand({}));
    const { stateMachineArn } = stateMachines.find((machine) => machine.name === name) ?? {};
    if (!stateMachineArn) return undefined;
    const described = await stack.machines.send(new DescribeStateMachineCommand({ stateMachineArn }));
    const [log] = described.loggingConfiguration?.destinations ?? [];
    const [, title = name] = /\/([^/:]+)(?::\*)?$/.exec(log?.cloudWatchLogsLogGroup?.logGroupArn ?? "") ?? [];
    return { title, definition: described.definition ?? "" };
  };
  return {
    ...stack,
    machineCalled,
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
