import { AwsError } from "../../../local/aws/error.ts";
import type { CallService } from "../../../local/aws/service.ts";
import type { Resource } from "../../../local/cloudformation/resource-type.ts";
import { noFaults } from "../../../local/faults/faults.ts";
import type { Json, JsonObject } from "../../../local/json.ts";
import type { InvokeFunction } from "../../../local/lambda/invoke.ts";
import type { Outcome } from "../../../local/stepfunctions/asl/interpret.ts";
import type { StateMachineProperties } from "../../../local/stepfunctions/resources.ts";
import { createStateMachines } from "../../../local/stepfunctions/state-machines.ts";
import type { Meter } from "../meter.ts";
import type { Strikes } from "../mishaps.ts";
import { expressGbSecondsOf } from "../usage.ts";
import type { VirtualTime } from "../virtual-time.ts";
import type { Delays } from "./delays.ts";

interface Needs {
  readonly time: VirtualTime;
  readonly delays: Delays;
  readonly meter: Meter;
  readonly strikes: Strikes;
  /** Definitions by the machine's name, and what is put in for `${…}` in all of them. */
  readonly definitions: Readonly<Record<string, string>>;
  readonly substitutions: Readonly<Record<string, string>>;
  readonly random: () => number;
  /** The services that tasks call, but Step Functions itself. */
  readonly callService: CallService;
  readonly invoke: InvokeFunction;
  /** Hears of a synchronous execution whose answer its caller will not use. @param session the execution's name */
  readonly onDiscarded: (session: string) => void;
}

export const machineArn = (name: string) => `arn:aws:states:us-east-1:111111111111:stateMachine:${name}`;

/**
 * Step Functions: the project's own definitions, run by the local interpreter, with what AWS takes for it.
 * @throws Error naming what is wrong with a definition, and a `${…}` that nothing is put in for
 */
export const createMachines = (needs: Needs) => {
  const { time, delays, meter, strikes } = needs;
  const calls = new Map<string, number>();
  let ids = 0;

  /** Every task is one state of one iteration, which is what AWS estimates an execution's memory by. */
  const counted = (session: string) => void calls.set(session, (calls.get(session) ?? 0) + 1);
  const count = (name: string, session: string, durationMs: number) => {
    meter.count("expressRequests", 1);
    const definitionBytes = needs.definitions[name]!.length;
    const gbSeconds = expressGbSecondsOf({
      durationMs,
      definitionBytes,
      iterations: calls.get(session) ?? 0,
      bytesOfAnIteration: BYTES_OF_AN_ITERATION,
    });
    meter.count("expressGbSeconds", gbSeconds);
    calls.delete(session);
  };

  const startSync = async (input: JsonObject, context: Parameters<CallService>[3]): Promise<JsonObject> => {
    const half = delays.halves("startSyncExecution");
    await half();
    if (strikes("childRefused")) throw new AwsError("ThrottlingException", "Rate exceeded");
    const began = time.elapsed();
    const answer = await machines.service.call("StartSyncExecution", input, context);
    const session = String(answer.name);
    count(String(answer.stateMachineArn).split(":").at(-1)!, session, time.elapsed() - began);
    await half();
    if (answer.status !== "SUCCEEDED") needs.onDiscarded(session);
    if (strikes("childUnheard")) {
      needs.onDiscarded(session);
      throw new AwsError("InternalServerError", "The answer is lost", 500);
    }
    if (!strikes("childFails")) return answer;
    needs.onDiscarded(session);
    const { output: _, ...rest } = answer;
    return { ...rest, status: "FAILED", error: "States.Runtime" };
  };

  const machines = createStateMachines({
    clock: time,
    random: needs.random,
    newId: () => `00000000-0000-4000-8000-${(ids++).toString(16).padStart(12, "0")}`,
    log: () => {},
    faults: noFaults,
    putMetric: () => {},
    writeLog: () => {},
    machines: Object.entries(needs.definitions).map(([name, text]) => resource(name, text, needs.substitutions)),
    callService: async (service, action, input, context) => {
      if (context.principal.kind === "role") counted(context.principal.session);
      await delays.whole("task");
      return service === "states" ? startSync(input, context) : needs.callService(service, action, input, context);
    },
    invoke: async (request) => {
      if (request.principal.kind === "role") counted(request.principal.session);
      await delays.whole("task");
      return needs.invoke(request);
    },
  });

  return {
    /** StartExecution, until its end. */
    run: async (name: string, input: Json): Promise<Outcome> => {
      await delays.whole("startExecution");
      const began = time.elapsed();
      const execution = machines.start(machineArn(name), input);
      const outcome = await execution.ended;
      count(name, execution.name, time.elapsed() - began);
      return outcome;
    },
  };
};

/** The frame, a connection id and what comes back: bytes of state that one iteration holds. */
const BYTES_OF_AN_ITERATION = 1_024;

const resource = (
  name: string,
  text: string,
  substitutions: Readonly<Record<string, string>>,
): Resource<StateMachineProperties> => {
  const missing = [...text.matchAll(/\$\{(\w+)\}/g)].find(([, key]) => substitutions[key!] === undefined);
  if (missing) throw new Error(`The model puts nothing in for ${missing[0]} of ${name}.`);
  return {
    logicalId: name,
    type: "AWS::StepFunctions::StateMachine",
    ref: machineArn(name),
    attribute: (attribute) => (attribute === "Name" ? name : machineArn(name)),
    properties: {
      StateMachineType: "EXPRESS",
      RoleArn: `arn:aws:iam::111111111111:role/${name}`,
      DefinitionString: text,
      DefinitionSubstitutions: substitutions,
      LoggingConfiguration: { Destinations: [], IncludeExecutionData: false, Level: "OFF" },
    },
    identity: {
      logicalId: name,
      region: "us-east-1",
      account: "111111111111",
      partition: "aws",
      stackName: "Model",
      property: () => undefined,
      generatedName: name,
    },
  };
};
