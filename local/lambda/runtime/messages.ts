import type { Gate } from "./gate.ts";

/** What an execution environment is made with (`workerData`). */
export interface Setup {
  /** For example `publish.handler`. */
  readonly handler: string;
  /** The folder of the bundle: `LAMBDA_TASK_ROOT`. */
  readonly taskRoot: string;
  /** Closed while there is no invocation. */
  readonly gate: Gate;
}

/** An invocation on its way into an environment. Payloads are text: a string crosses threads cheaper than an object. */
export interface Invocation {
  readonly requestId: string;
  readonly payload: string;
  readonly functionArn: string;
  /** Milliseconds until the timeout. */
  readonly remainingMs: number;
  /** What `_X_AMZN_TRACE_ID` is while it runs. */
  readonly traceHeader: string;
}

/** A failure as Lambda answers it, https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
export interface ErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What comes out of an environment. */
export type Message =
  | { readonly kind: "ready" }
  /** One log event; `byRuntime` for the line that Lambda's runtime itself writes about an error. */
  | { readonly kind: "line"; readonly line: string; readonly byRuntime?: true }
  | {
      readonly kind: "result";
      readonly payload: string;
      readonly durationMs: number;
      readonly memoryBytes: number;
    }
  | {
      readonly kind: "error";
      readonly error: ErrorPayload;
      readonly durationMs: number;
      readonly memoryBytes: number;
    }
  /** The handler could not be loaded, or something was thrown outside of it: the environment ends. */
  | { readonly kind: "fatal"; readonly error: ErrorPayload };
