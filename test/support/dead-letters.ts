import { CloudWatchClient, GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch";
import { DeleteFunctionConcurrencyCommand, LambdaClient, PutFunctionConcurrencyCommand } from "@aws-sdk/client-lambda";
import { expect } from "vitest";
import { openDeadLetters } from "../../redrive/dead-letters.ts";
import type { startRoomcast } from "./roomcast.ts";

/** The dead letters of a runtime, and what an operator does to have some. */
export const deadLettersOf = ({ client, functions }: Awaited<ReturnType<typeof startRoomcast>>) => {
  const deadLetters = openDeadLetters("Roomcast-dev", client);
  const lambda = new LambdaClient(client);
  const metrics = new CloudWatchClient(client);
  const nameOf = (handler: string) => functions.find((one) => one.handler === handler)!.name;

  return {
    ...deadLetters,
    redriveAll: () => deadLetters.redrive({ letterIds: "all", dryRun: false }),
    /** Waits until there are so many. */
    come: async (count: number) => {
      await expect.poll(deadLetters.list, { timeout: 20_000 }).toHaveLength(count);
      return deadLetters.list();
    },
    /** Switches a function off: nothing of it runs any more. @returns what switches it on again */
    switchOff: async (handler: string) => {
      const FunctionName = nameOf(handler);
      await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
      return () => lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    },
    /** CloudWatch's metric of the last minutes, which the alarm goes by. */
    throttlesOf: async (handler: string): Promise<number> => {
      const { Datapoints = [] } = await metrics.send(
        new GetMetricStatisticsCommand({
          Namespace: "AWS/Lambda",
          MetricName: "Throttles",
          Dimensions: [{ Name: "FunctionName", Value: nameOf(handler) }],
          StartTime: new Date(Date.now() - 600_000),
          EndTime: new Date(Date.now() + 60_000),
          Period: 60,
          Statistics: ["Sum"],
        }),
      );
      return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
    },
    end: () => {
      for (const one of [lambda, metrics]) one.destroy();
      deadLetters.end();
    },
  };
};
