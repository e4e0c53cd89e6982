/**
 * An error in the sense of the States Language: what Retry and Catch match, and what an execution ends with.
 * Anything else that is thrown is a bug of ours or an abort, and is never retried or caught by a state.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export class ExecutionError extends Error {
  /** The error name, for example `States.Timeout`; a Fail state may leave it out. */
  readonly error: string | undefined;
  /** What a person reads; for a failed function, the JSON text of its error. */
  override readonly cause: string | undefined;

  constructor(error: string | undefined, cause: string | undefined) {
    super(`${error ?? "no error name"}: ${cause ?? "no cause"}`);
    this.name = "ExecutionError";
    this.error = error;
    this.cause = cause;
  }
}

/** Errors that the wildcards do not match: they end the execution unless a state names them. */
const terminal = new Set<string | undefined>(["States.DataLimitExceeded", "States.Runtime"]);

/** Whether an `ErrorEquals` matches. `States.TaskFailed` is a wildcard too, for everything but `States.Timeout`. */
export const errorEquals = (names: readonly string[], { error }: ExecutionError): boolean =>
  names.some(
    (name) =>
      name === error ||
      (name === "States.ALL" && !terminal.has(error)) ||
      (name === "States.TaskFailed" && !terminal.has(error) && error !== "States.Timeout"),
  );

/** The error as `$states.errorOutput` shows it. */
export const errorOutput = ({ error, cause }: ExecutionError) => ({
  ...(error === undefined ? {} : { Error: error }),
  ...(cause === undefined ? {} : { Cause: cause }),
});
