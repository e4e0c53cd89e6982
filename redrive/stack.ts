import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { DescribeStateMachineCommand, StartExecutionCommand, StartSyncExecutionCommand } from "@aws-sdk/client-sfn";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import { type Account, openStack } from "../verify/stack.ts";
import type { AgainNeeds } from "./again.ts";
import type { Queue } from "./letter.ts";
import { membersOf } from "./members.ts";
import type { Served } from "./segment.ts";

/** What CloudFormation's name of each queue begins with behind the stack's: its place in the template. */
const PLACES: Record<Queue, string> = {
  undelivered: "fanoutundelivered",
  "not-started": "fanoutnotstarted",
  unpublished: "backendpublishingunpublished",
};

/**
 * What a redrive does in a stack, by its own functions and state machines.
 * @param name for example `Roomcast-dev`
 */
export const openRedriveStack = (name: string, account: Account) => {
  const stack = openStack(name, account);
  const { machines } = stack;
  const lambda = new LambdaClient(account);

  /** It has no name of the stack's, but its parent's definition names it. */
  const findSegmentArn = async (): Promise<string> => {
    const parent = await stack.machineArn();
    const { definition = "" } = await machines.send(new DescribeStateMachineCommand({ stateMachineArn: parent }));
    const [, found] = /"StateMachineArn"\s*:\s*"(arn:[^"]+)"/.exec(definition) ?? [];
    if (found) return found;
    throw new Error(`${parent} starts no other state machine: it is not Roomcast's fan-out.`);
  };

  let known: string | undefined;
  const segmentArn = async () => {
    known ??= await findSegmentArn();
    return known;
  };

  const needs: Omit<AgainNeeds, "hideLonger"> = {
    members: async (room, connectionIds) =>
      membersOf(stack.tables, await stack.connectionsTable(), room, connectionIds, Date.now()),
    serve: async (input, traceHeader) => {
      const { status, output, error, cause } = await machines.send(
        new StartSyncExecutionCommand({
          stateMachineArn: await segmentArn(),
          input: JSON.stringify(input),
          ...(traceHeader && { traceHeader }),
        }),
      );
      // It answers 200 for an execution that failed, too.
      if (status === "SUCCEEDED") return JSON.parse(output ?? "") as Served;
      throw new Error(`room-segment ended ${[status, error, cause].filter(Boolean).join(": ")}.`);
    },
    fanOut: async (input, traceHeader) => {
      const stateMachineArn = await stack.machineArn();
      await machines.send(new StartExecutionCommand({ stateMachineArn, input, ...(traceHeader && { traceHeader }) }));
    },
    invoke: async (FunctionName, event) => {
      const Payload = JSON.stringify(event);
      await lambda.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload }));
    },
  };

  return {
    ...needs,
    queues: stack.queues,
    /** @throws Error naming the queue that there is not */
    queueUrl: async (queue: Queue): Promise<string> => {
      const QueueNamePrefix = `${name}-${PLACES[queue]}`;
      const { QueueUrls: [found] = [] } = await stack.queues.send(new ListQueuesCommand({ QueueNamePrefix }));
      if (found) return found;
      throw new Error(`There is no queue ${QueueNamePrefix}… in this account and Region.`);
    },
    end: () => {
      stack.end();
      lambda.destroy();
    },
  };
};
