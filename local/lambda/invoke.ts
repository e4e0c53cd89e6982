import type { Principal } from "../aws/service.ts";

/** A synchronous invocation (`RequestResponse`). */
export interface InvokeRequest {
  /** A function's name or ARN. */
  readonly functionName: string;
  /** The event, as JSON text. */
  readonly payload: string;
  /** Who invokes: checked against the role's policies (`lambda:InvokeFunction`) or the function's own permissions. */
  readonly principal: Principal;
  /** The caller's `X-Amzn-Trace-Id`. */
  readonly traceHeader?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What Lambda's Invoke answers, https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export interface InvokeResult {
  readonly requestId: string;
  /** What the handler returned, as JSON text; with `functionError` the error `{errorType, errorMessage, trace?}`. */
  readonly payload: string;
  readonly functionError?: "Unhandled";
  /** Milliseconds that the handler ran. */
  readonly durationMs: number;
  /** The highest heap size seen of the worker that ran it, in bytes. */
  readonly memoryBytes: number;
}

/**
 * Invokes a function and waits for its answer.
 * @throws AwsError where Lambda itself refuses: `ResourceNotFoundException`, `AccessDeniedException`,
 *   `TooManyRequestsException`, `RequestTooLargeException`. A failing handler is a result, not an exception.
 */
export type InvokeFunction = (request: InvokeRequest) => Promise<InvokeResult>;
