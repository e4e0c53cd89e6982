import type { Clock } from "../../clock.ts";
import type { Json, JsonObject } from "../../json.ts";
import type { Recording } from "../../xray/recording.ts";
import type { Emit, Position } from "./history.ts";

/** What all branches and iterations of one execution share. */
export interface Execution {
  /** `Execution` and `StateMachine` of the context object. */
  readonly context: { readonly Execution: JsonObject; readonly StateMachine: JsonObject };
  readonly clock: Clock;
  /** A number from 0 to below 1. */
  random(): number;
  /** JSONata functions by name. */
  readonly functions: Readonly<Record<string, unknown>>;
  readonly emit: Emit;
  /** Who tasks are called as, and in which trace. */
  readonly caller: Caller;
}

/** As whom an execution calls its tasks. */
export interface Caller {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly roleArn: string;
  /** The execution's name: the role session. */
  readonly session: string;
  readonly traceHeader?: string | undefined;
}

/** Variables by name. */
export type Variables = Readonly<Record<string, Json>>;

/** One line of control: the execution itself, a branch of a Parallel state, or an iteration of a Map state. */
export interface Thread extends Position {
  readonly execution: Execution;
  /** Its own variables and those of the threads around it, which it reads and cannot assign. */
  variables: Variables;
  readonly signal: AbortSignal;
  /** What the states are recorded in for X-Ray; undefined in an execution whose trace is not sampled. */
  readonly recording?: Recording | undefined;
  /** `Map` of the context object, within an iteration. */
  readonly map?: JsonObject;
}

/** A thread inside `parent`, with the parent's variables as they are now. */
export const fork = (
  parent: Thread,
  signal: AbortSignal,
  recording: Recording | undefined,
  map?: JsonObject,
): Thread => ({
  execution: parent.execution,
  variables: parent.variables,
  signal,
  recording,
  lastEventId: parent.lastEventId,
  ...(map ? { map } : parent.map ? { map: parent.map } : {}),
});
