import { DescribeStateMachineCommand } from "@aws-sdk/client-sfn";
import { notMeasurable, type Probe } from "./probe.ts";
import type { Stack } from "./stack.ts";

/** What the execution log of a large room would cost. */
export const logCost = (stack: Stack): Probe => ({
  says: "[inferred] A state machine's log at ALL with execution data costs more than a large room's deliveries",
  must: false,
  ask: async () => {
    const stateMachineArn = await stack.machineArn();
    const { loggingConfiguration } = await stack.machines.send(new DescribeStateMachineCommand({ stateMachineArn }));
    const { level, includeExecutionData } = loggingConfiguration ?? {};
    const data = includeExecutionData ? "with" : "without";
    return notMeasurable(
      `This machine logs at ${level}, ${data} execution data, and verify changes no deployment: deploy one at ALL, ` +
        "publish to a room of some hundred, and hold its log group's IncomingBytes × $0.50/GB against $1.00 per million.",
    );
  },
});
