import type { Json } from "../../json.ts";
import type { Recording } from "../../xray/recording.ts";
import type { Caller } from "./thread.ts";

/** A service that Task states call. */
export interface Integration {
  /** The events it is seen by: `Task…`, or `LambdaFunction…` where the Resource is a function. */
  readonly events: "Task" | "LambdaFunction";
  /** As history events name it: `lambda` and `invoke`. */
  readonly resourceType: string;
  readonly resource: string;
  /**
   * Does the task.
   * @param args the state's Arguments.
   * @throws ExecutionError the task's failure; the signal's reason when it was aborted.
   */
  run(args: Json, call: TaskCall): Promise<Json>;
}

/** One call of a task. */
export interface TaskCall extends Caller {
  readonly signal: AbortSignal;
  /** The state's subsegment, in an execution that is recorded for X-Ray. */
  readonly recording?: Recording | undefined;
}

/** Finds what a Resource stands for. @returns a sentence that says why not, when there is nothing. */
export type FindIntegration = (resource: string, args: Json | undefined) => Integration | string;
