import type { ErrorPayload } from "./messages.ts";

/** What was thrown, as Lambda's Node runtime answers it; anything may be thrown, also what is not an error. */
export const errorPayload = (thrown: unknown): ErrorPayload =>
  thrown instanceof Error
    ? { errorType: thrown.name, errorMessage: thrown.message, trace: String(thrown.stack ?? "").split("\n") }
    : { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };

/** A rejection that nobody handled, under the name that Lambda's runtime gives it; the trace is its reason's. */
export const unhandledRejection = (reason: unknown): ErrorPayload => ({
  errorType: "Runtime.UnhandledPromiseRejection",
  errorMessage: String(reason),
  trace: errorPayload(reason).trace ?? [],
});

/**
 * What the handler returned, as JSON text: nothing is `null`.
 * @throws `Runtime.JSONStringifyError` for what JSON cannot say: a circle, a BigInt.
 */
export const responsePayload = (returned: unknown): string => {
  try {
    return JSON.stringify(returned) ?? "null";
  } catch (cause) {
    const error = new Error("Unable to stringify response body", { cause });
    error.name = "Runtime.JSONStringifyError";
    throw error;
  }
};
