import type { Json, JsonObject } from "../../json.ts";
import type { Recording } from "../../xray/recording.ts";
import { closing } from "./closing.ts";
import { ExecutionError } from "./errors.ts";
import { withinLimit } from "./payload.ts";
import type { Scope } from "./template.ts";
import type { Thread, Variables } from "./thread.ts";

/** States and where to begin: a whole machine, a branch, or an ItemProcessor. */
export interface Flow {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

/** A state ready to run. */
export interface State {
  readonly type: string;
  readonly run: (entered: Entered) => Promise<Exit>;
}

/** How a state is left. */
export interface Exit {
  readonly output: Json;
  /** The variables that it assigned. */
  readonly assigned?: Variables | undefined;
  /** The next state; without one the flow ends. */
  readonly next?: string | undefined;
}

/** One entry into a state. */
export interface Entered {
  readonly name: string;
  readonly input: Json;
  readonly thread: Thread;
  /** The state's subsegment, in an execution that is recorded for X-Ray. */
  readonly recording: Recording | undefined;
  /** What the state's expressions see, with what `$states` and the context object have besides at this point. */
  scope(states?: JsonObject, context?: JsonObject, state?: JsonObject): Scope;
  /** Writes an event of this state to the history. */
  emit(type: string, details?: () => JsonObject): void;
}

/** After so many transitions a flow lets timers and sockets have a turn, so that an endless loop can be timed out. */
const transitionsPerTurn = 50;

/**
 * Runs states from the first to a last one.
 * @returns the last state's output.
 * @throws ExecutionError of the state that failed; the signal's reason when the thread was aborted.
 */
export const runFlow = async (flow: Flow, input: Json, thread: Thread): Promise<Json> => {
  let exit: Exit = { output: input, next: flow.startAt };
  for (let transitions = 1; exit.next !== undefined; transitions++) {
    if (transitions % transitionsPerTurn === 0) await new Promise((resolve) => setImmediate(resolve));
    thread.signal.throwIfAborted();
    exit = await runState(flow, exit.next, exit.output, thread);
  }
  return exit.output;
};

const runState = (flow: Flow, name: string, input: Json, thread: Thread): Promise<Exit> => {
  const recording = thread.recording?.open(name);
  return closing(recording, passState(flow, name, input, thread, recording));
};

const passState = async (
  flow: Flow,
  name: string,
  input: Json,
  thread: Thread,
  recording: Recording | undefined,
): Promise<Exit> => {
  const { execution } = thread;
  const state = flow.states.get(name);
  if (!state) throw new Error(`No state '${name}': the definition was not validated`);
  const id = execution.emit(thread, `${state.type}StateEntered`, () => ({
    name,
    input: JSON.stringify(input),
    inputDetails: { truncated: false },
  }));
  const exit = await state.run(enter(name, id, input, thread, recording));
  withinLimit(exit.output, `state/task '${name}'`);
  if (exit.assigned) thread.variables = { ...thread.variables, ...exit.assigned };
  execution.emit(thread, `${state.type}StateExited`, () => ({
    name,
    output: JSON.stringify(exit.output),
    outputDetails: { truncated: false },
    ...(exit.assigned ? { assignedVariables: asTexts(exit.assigned) } : {}),
  }));
  return exit;
};

const enter = (name: string, id: number, input: Json, thread: Thread, recording: Recording | undefined): Entered => {
  const { execution } = thread;
  const enteredAt = execution.clock.now();
  const variables = thread.variables;
  const fail = (location: string, message: string): never => {
    const error = "States.QueryEvaluationError";
    const cause = `An error occurred while executing the state '${name}' (entered at the event id #${id}). ${message}`;
    execution.emit(thread, "EvaluationFailed", () => ({ error, cause, location, state: name }));
    throw new ExecutionError(error, cause);
  };
  return {
    name,
    input,
    thread,
    recording,
    scope(states, context, state) {
      const bound = {
        input,
        // Few expressions read it: it is made for those that do.
        get context() {
          return {
            ...execution.context,
            State: { Name: name, EnteredTime: new Date(enteredAt).toISOString(), ...state },
            ...(thread.map ? { Map: thread.map } : {}),
            ...context,
          };
        },
        ...states,
      };
      return {
        lookup: (variable) => {
          if (variable === "states") return bound;
          const { functions } = execution;
          if (Object.hasOwn(variables, variable)) return variables[variable];
          return Object.hasOwn(functions, variable) ? functions[variable] : undefined;
        },
        bindings: () => ({ ...execution.functions, ...variables, states: bound }),
        fail,
      };
    },
    emit: (type, details) => {
      execution.emit(thread, type, details);
    },
  };
};

const asTexts = (variables: Variables): JsonObject =>
  Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, JSON.stringify(value)]));
