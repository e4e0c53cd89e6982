import { AwsError } from "../aws/error.ts";
import type { AwsService, CallService } from "../aws/service.ts";
import type { Resource } from "../cloudformation/resource-type.ts";
import type { PutMetric } from "../cloudwatch/metric.ts";
import type { Json } from "../json.ts";
import type { InvokeFunction } from "../lambda/invoke.ts";
import { createActions, machineWithArn } from "./actions.ts";
import { checkInput } from "./execution-input.ts";
import { createExecutions, type ExecutionNeeds, type StartedExecution, type StartOptions } from "./executions.ts";
import { loadMachine, type Machine } from "./machine.ts";
import { measuredStart } from "./measured-executions.ts";
import type { StateMachineProperties } from "./resources.ts";
import { createIntegrations } from "./tasks/integrations.ts";

/** What the state machines run with. */
export interface StateMachinesNeeds extends ExecutionNeeds {
  readonly machines: readonly Resource<StateMachineProperties>[];
  /** Calls another service, or this one, after asking IAM. */
  readonly callService: CallService;
  /** Invokes a function, after asking IAM. */
  readonly invoke: InvokeFunction;
  readonly putMetric: PutMetric;
}

/** The Express state machines of a template. */
export interface StateMachines {
  readonly service: AwsService;
  /**
   * Starts an execution of the machine with this ARN.
   * @throws AwsError `StateMachineDoesNotExist`, or `ValidationException` for input over 256 KiB
   */
  start(stateMachineArn: string, input: Json, options?: StartOptions): StartedExecution;
  /** Aborts what runs, and waits until it has ended. */
  stop(): Promise<void>;
}

/** @throws Error naming each resource whose definition cannot be run, with all that is wrong with it. */
export const createStateMachines = (needs: StateMachinesNeeds): StateMachines => {
  const find = createIntegrations({ ...needs, uuid: needs.newId });
  const machines = new Map(loadAll(needs.machines, (resource) => loadMachine(resource, find)));
  const executions = createExecutions(needs);
  const begin = measuredStart(executions.start, needs);
  const actions = createActions({ clock: needs.clock, machines, start: begin });

  return {
    service: {
      signingName: "states",
      targetPrefix: "AWSStepFunctions",
      jsonVersion: "1.0",
      permissions(action, { stateMachineArn, executionArn }) {
        return [{ action: `states:${action}`, resource: String(stateMachineArn ?? executionArn ?? "*") }];
      },
      async call(action, input, context) {
        const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
        if (!run) throw new AwsError("UnknownOperationException", `The local Step Functions does not have ${action}.`);
        return run(input, context);
      },
    },
    start: (stateMachineArn, input, options = {}) =>
      begin(machineWithArn(machines, stateMachineArn), checkInput(input), options),
    stop: executions.stop,
  };
};

/** Loads all machines, so that everything that is wrong is said at once. */
const loadAll = (
  resources: readonly Resource<StateMachineProperties>[],
  load: (resource: Resource<StateMachineProperties>) => Machine,
): [arn: string, machine: Machine][] => {
  const failures: string[] = [];
  const loaded = resources.flatMap((resource): [string, Machine][] => {
    try {
      const machine = load(resource);
      return [[machine.arn, machine]];
    } catch (error) {
      failures.push((error as Error).message);
      return [];
    }
  });
  if (failures.length > 0) throw new Error(failures.join("\n"));
  return loaded;
};
