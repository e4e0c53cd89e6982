import type { Clock } from "../../clock.ts";
import type { Json, JsonObject } from "../../json.ts";
import type { Recording } from "../../xray/recording.ts";
import type { Program } from "./compile.ts";
import { longestRunMs, withDeadlines } from "./deadline.ts";
import { ExecutionError } from "./errors.ts";
import { runFlow } from "./flow.ts";
import { createFunctions } from "./functions.ts";
import { createHistory, type HistoryEvent } from "./history.ts";
import type { Caller, Execution, Thread } from "./thread.ts";

/** What one execution is given. */
export interface Run {
  readonly program: Program;
  readonly input: Json;
  /** `Execution` and `StateMachine` of the context object. */
  readonly context: Execution["context"];
  readonly caller: Caller;
  /** The execution's segment, where it is recorded for X-Ray: its states are put into it. */
  readonly recording?: Recording | undefined;
  readonly clock: Clock;
  random(): number;
  uuid(): string;
  /** Takes each event of the history as it happens. */
  listen(event: HistoryEvent): void;
  readonly signal: AbortSignal;
}

/** How an execution ended. */
export type Outcome =
  | { readonly status: "SUCCEEDED"; readonly output: Json }
  | {
      readonly status: "FAILED" | "TIMED_OUT" | "ABORTED";
      readonly error?: string | undefined;
      readonly cause?: string | undefined;
    };

/** The execution's own time limit passed, which no state may catch. */
const timedOut = new Error("the execution timed out");

/**
 * Runs a state machine from its input to its end, as an Express execution: five minutes at most, or the machine's
 * TimeoutSeconds where that is less.
 * @throws only what is a bug here; an execution that fails is an outcome.
 */
export const interpret = async (run: Run): Promise<Outcome> => {
  const { clock, program, caller, recording } = run;
  const emit = createHistory(() => clock.now(), run.listen);
  const execution: Execution = {
    context: run.context,
    clock,
    random: run.random,
    functions: createFunctions(run),
    emit,
    caller,
  };
  const position = { lastEventId: 0 };
  emit(position, "ExecutionStarted", () => ({ ...data("input", run.input), roleArn: caller.roleArn }));
  const ms = program.timeoutSeconds === undefined ? longestRunMs : program.timeoutSeconds * 1000;
  const thread = (signal: AbortSignal): Thread =>
    Object.assign(position, { execution, variables: {}, signal, recording });
  try {
    const output = await withDeadlines(clock, run.signal, [{ ms, error: () => timedOut }], (signal) =>
      runFlow(program.flow, run.input, thread(signal)),
    );
    emit(position, "ExecutionSucceeded", () => data("output", output));
    return { status: "SUCCEEDED", output };
  } catch (failure) {
    if (failure === timedOut) {
      emit(position, "ExecutionTimedOut");
      return { status: "TIMED_OUT", error: "States.Timeout" };
    }
    if (run.signal.aborted) {
      emit(position, "ExecutionAborted");
      return { status: "ABORTED" };
    }
    if (!(failure instanceof ExecutionError)) throw failure;
    const { error, cause } = failure;
    emit(position, "ExecutionFailed", () => ({
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
    }));
    return { status: "FAILED", error, cause };
  }
};

const data = (name: "input" | "output", value: Json): JsonObject => ({
  [name]: JSON.stringify(value),
  [`${name}Details`]: { truncated: false },
});
