import { SFNClient } from "@aws-sdk/client-sfn";
import { afterEach } from "vitest";
import { noFaults } from "../../../local/faults/faults.ts";
import type { JsonObject } from "../../../local/json.ts";
import type { LogEntry } from "../../../local/log.ts";
import { resourceTypes } from "../../../local/stepfunctions/resources.ts";
import { createStateMachines, type StateMachinesNeeds } from "../../../local/stepfunctions/state-machines.ts";
import { serveJson } from "../../support/aws-json-server.ts";
import { declared } from "../../support/declared.ts";
import { manualClock } from "../../support/manual-clock.ts";
import { failing, machine, pass } from "./machine.ts";

/** The machine under test, one of its executions, and its log group. */
export const arn = "arn:aws:states:us-east-1:123456789012:stateMachine:Machine";
export const executionArn = "arn:aws:states:us-east-1:123456789012:express:Machine:one:id-1";
export const group = "arn:aws:logs:us-east-1:123456789012:log-group:machine";
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A machine as a template declares it. */
export const template = (definition: unknown, properties: JsonObject = {}) =>
  declared(resourceTypes["AWS::StepFunctions::StateMachine"], "Machine", {
    StateMachineName: "Machine",
    StateMachineType: "EXPRESS",
    RoleArn: "arn:aws:iam::123456789012:role/Machine",
    DefinitionString: JSON.stringify(definition),
    ...properties,
  });

/** The machine, ready to start; what it logs, and what it writes to log groups. Stopped after the test. */
export const started = (definition: unknown, properties: JsonObject = {}, needs: Partial<StateMachinesNeeds> = {}) => {
  const clock = manualClock();
  const logged: LogEntry[] = [];
  const lines: [group: string, line: Record<string, unknown>][] = [];
  let ids = 0;
  const machines = createStateMachines({
    machines: [template(definition, properties)],
    callService: async () => ({}),
    invoke: failing(),
    clock,
    random: () => 0.5,
    faults: noFaults,
    putMetric: () => {},
    newId: () => `id-${++ids}`,
    log: (entry) => logged.push(entry),
    writeLog: (to, line) => lines.push([to, JSON.parse(line)]),
    ...needs,
  });
  closing.push(machines.stop);
  return { machines, clock, logged, lines };
};

/** The same, behind the unmodified SDK. */
export const withSdk = async (definition: unknown, needs: Partial<StateMachinesNeeds> = {}) => {
  const runtime = started(definition, {}, needs);
  const server = await serveJson(runtime.machines.service);
  // The SDK would put `sync-` before the host of a synchronous start.
  const sfn = new SFNClient({ ...server.client, disableHostPrefix: true });
  closing.unshift(async () => sfn.destroy(), server.close);
  return { ...runtime, sfn };
};

/** A machine whose output is its input. */
export const echo = machine({ Echo: pass() });
