import { AwsError } from "../aws/error.ts";
import type { CallContext } from "../aws/service.ts";
import type { Clock } from "../clock.ts";
import type { Json, JsonObject } from "../json.ts";
import { invalidValue, parseInput } from "./execution-input.ts";
import { checkName } from "./execution-name.ts";
import type { StartedExecution, StartOptions } from "./executions.ts";
import type { Machine } from "./machine.ts";
import { syncAnswer } from "./sync-answer.ts";

/** What the actions work on. */
export interface ActionNeeds {
  readonly clock: Clock;
  readonly machines: ReadonlyMap<string, Machine>;
  start(machine: Machine, input: Json, options: StartOptions): StartedExecution;
}

/** One action of the API. https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html */
export type Action = (input: JsonObject, context: CallContext) => Promise<JsonObject>;

/** Seconds since 1970, as times are on the wire. */
const seconds = (ms: number) => ms / 1000;

/** The actions that an Express machine has on AWS, by name. */
export const createActions = ({ machines, start, clock }: ActionNeeds): Readonly<Record<string, Action>> => {
  const createdAt = seconds(clock.now());
  const machineOf = (input: JsonObject) => machineWithArn(machines, requiredText(input, "stateMachineArn"));

  const begin = (input: JsonObject, context: CallContext, synchronous: boolean) => {
    const machine = machineOf(input);
    const name = optionalText(input, "name");
    const text = optionalText(input, "input") ?? "{}";
    const execution = start(machine, parseInput(text), {
      name: name === undefined ? undefined : checkName(name),
      // The HTTP request's own wins, as the API's reference says of `traceHeader`.
      traceHeader: context.traceHeader ?? optionalText(input, "traceHeader"),
      synchronous,
    });
    return { machine, text, execution };
  };

  /** An Express execution is in no list: AWS does not take its ARN for these actions. */
  const ofStandardExecutions: Action = async (input) => {
    const arn = requiredText(input, "executionArn");
    const kind = arn.split(":")[5];
    if (kind === "express") throw invalidArn("Resource type not valid in this context: express");
    if (kind === "execution") throw new AwsError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);
    throw invalidArn(`Invalid ARN prefix: ${arn}`);
  };

  return {
    async StartExecution(input, context) {
      const { executionArn, startedAt } = begin(input, context, false).execution;
      return { executionArn, startDate: seconds(startedAt) };
    },
    async StartSyncExecution(input, context) {
      const { machine, text, execution } = begin(input, context, true);
      const outcome = await execution.ended;
      const included = input.includedData !== "METADATA_ONLY";
      return syncAnswer({ machine, execution, input: text, outcome, stoppedAt: clock.now(), included });
    },
    async DescribeStateMachine(input) {
      const { arn, name, definition, roleArn, tracing, logging } = machineOf(input);
      return {
        stateMachineArn: arn,
        name,
        status: "ACTIVE",
        definition,
        roleArn,
        type: "EXPRESS",
        creationDate: createdAt,
        loggingConfiguration: {
          level: logging.Level,
          includeExecutionData: logging.IncludeExecutionData,
          destinations: logging.Destinations.map(({ CloudWatchLogsLogGroup: { LogGroupArn } }) => ({
            cloudWatchLogsLogGroup: { logGroupArn: LogGroupArn },
          })),
        },
        tracingConfiguration: { enabled: tracing },
      };
    },
    async ListStateMachines() {
      const stateMachines = [...machines.values()].map(({ arn, name }) => ({
        stateMachineArn: arn,
        name,
        type: "EXPRESS",
        creationDate: createdAt,
      }));
      return { stateMachines };
    },
    async ListExecutions(input) {
      machineOf(input);
      throw new AwsError(
        "StateMachineTypeNotSupported",
        "This operation is not supported by this type of state machine",
      );
    },
    DescribeExecution: ofStandardExecutions,
    GetExecutionHistory: ofStandardExecutions,
    StopExecution: ofStandardExecutions,
  };
};

/** Finds a machine. @throws AwsError `InvalidArn` or `StateMachineDoesNotExist` */
export const machineWithArn = (machines: ReadonlyMap<string, Machine>, arn: string): Machine => {
  const machine = machines.get(arn);
  if (machine) return machine;
  if (!/^arn:[\w-]+:states:[\w-]+:\d{12}:stateMachine:./.test(arn)) throw invalidArn(`Invalid ARN prefix: ${arn}`);
  throw new AwsError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
};

const invalidArn = (reason: string) => new AwsError("InvalidArn", `Invalid Arn: '${reason}'`);

const optionalText = (input: JsonObject, name: string): string | undefined => {
  const value = input[name];
  if (value === undefined || value === null || typeof value === "string") return value ?? undefined;
  throw new AwsError("SerializationException", `${name} must be a string`);
};

const requiredText = (input: JsonObject, name: string): string => {
  const value = optionalText(input, name);
  if (value !== undefined) return value;
  throw invalidValue(`Value null at '${name}' failed to satisfy constraint: Member must not be null`);
};
