import type * as v from "valibot";
import { sleep } from "../../clock.ts";
import type { Compiler } from "./compiler.ts";
import { longestRunMs } from "./deadline.ts";
import { ExecutionError, errorEquals, errorOutput } from "./errors.ts";
import { compileExit } from "./exit.ts";
import type { catcher } from "./fields.ts";
import type { Entered, Exit } from "./flow.ts";
import { createRetries, type Retrier } from "./retry.ts";

/** The fields of a state that may fail. */
export interface ErrorHandling {
  readonly Retry: readonly Retrier[];
  readonly Catch: readonly v.InferOutput<typeof catcher>[];
}

/** Does the state's work once. @param retryCount how often it was done before. */
export type Attempt = (entered: Entered, retryCount: number) => Promise<Exit>;

/** Compiles Retry and Catch around what a Task, Parallel or Map state does. */
export const compileAttempts = (state: ErrorHandling, compiler: Compiler, attempt: Attempt) => {
  checkWildcards(state.Retry, "Retry", compiler);
  checkWildcards(state.Catch, "Catch", compiler);
  const catchers = state.Catch.map((catcher, index) => ({
    names: catcher.ErrorEquals,
    leave: compileExit(catcher, compiler, `Catch[${index}]/`),
  }));
  return async (entered: Entered): Promise<Exit> => {
    const { execution, signal } = entered.thread;
    const delay = createRetries(state.Retry, execution.random);
    for (let retryCount = 0; ; retryCount++) {
      try {
        return await attempt(entered, retryCount);
      } catch (error) {
        if (!(error instanceof ExecutionError)) throw error;
        const ms = delay(error);
        if (ms === undefined) {
          const catcher = catchers.find(({ names }) => errorEquals(names, error));
          if (!catcher) throw error;
          const caught = errorOutput(error);
          return catcher.leave(entered, entered.scope({ errorOutput: caught }), caught);
        }
        await sleep(execution.clock, Math.min(ms, longestRunMs), signal);
      }
    }
  };
};

const checkWildcards = (handlers: readonly { ErrorEquals: string[] }[], field: string, { problem }: Compiler) => {
  for (const [index, { ErrorEquals }] of handlers.entries()) {
    if (!ErrorEquals.includes("States.ALL")) continue;
    if (ErrorEquals.length > 1) problem(`${field}[${index}].ErrorEquals`, "States.ALL must stand alone");
    if (index < handlers.length - 1)
      problem(`${field}[${index}].ErrorEquals`, `States.ALL must be in the last of ${field}`);
  }
};
