import { AwsError } from "../aws/error.ts";
import type { ErrorPayload } from "./runtime/messages.ts";

/** The most bytes of a synchronous request or response, https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const maxRequestBytes = 6_291_456;
/** Lambda itself counts a hundred bytes more for the response. */
export const maxResponseBytes = 6_291_556;

/** The handler ran into the function's `Timeout`. @param seconds the timeout */
export const timedOut = (requestId: string, seconds: number): ErrorPayload => ({
  errorType: "Sandbox.Timedout",
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
});

/** The handler ended its process: `process.exit`. */
export const exited = (requestId: string, exitCode: number): ErrorPayload => ({
  errorType: "Runtime.ExitError",
  errorMessage:
    exitCode === 0
      ? `RequestId: ${requestId} Error: Runtime exited without providing a reason`
      : `RequestId: ${requestId} Error: Runtime exited with error: exit status ${exitCode}`,
});

/** The handler took more than the function's `MemorySize`. */
export const outOfMemory = (requestId: string): ErrorPayload => ({
  errorType: "Runtime.OutOfMemory",
  errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
});

/** The handler answered with more than a response may have. */
export const responseTooLarge = (): ErrorPayload => ({
  errorType: "Function.ResponseSizeTooLarge",
  errorMessage: `Response payload size exceeded maximum allowed payload size (${maxResponseBytes} bytes).`,
});

/** More invocations than the function's reserved concurrency. */
export const overReserved = (): AwsError =>
  new AwsError("TooManyRequestsException", "Rate Exceeded.", 429, {
    Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
  });

/** A payload over `limit` bytes is not even taken. */
export const tooLarge = (limit: number): AwsError =>
  new AwsError(
    "RequestTooLargeException",
    `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
    413,
  );
