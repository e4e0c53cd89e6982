import { AwsError } from "../aws/error.ts";
import type { Clock } from "../clock.ts";
import type { InvokeFunction, InvokeResult } from "../lambda/invoke.ts";
import type { Log } from "../log.ts";
import { errorDetails } from "./error-details.ts";

/** Why a function gave no answer: it failed, Lambda refused or throttled its invocation, or its time was up. */
export type Failure = "function-error" | "refused" | "throttled" | "timed-out";

export type FunctionAnswer =
  | { readonly failure?: undefined; readonly payload: string }
  | { readonly failure: Failure; readonly errorMessage?: string | undefined };

export interface FunctionCall {
  readonly functionArn: string;
  /** The route or authorizer that invokes: `aws:SourceArn` of the function's permission. */
  readonly sourceArn: string;
  readonly event: unknown;
  /** Milliseconds to wait. */
  readonly timeoutMs: number;
}

/**
 * Invokes a function for API Gateway. It never throws: what went wrong is logged here, with the function's name, and
 * given as a `failure`, since no client may see it. At the timeout the function runs on, as it does on AWS; only its
 * answer is no longer waited for.
 */
export const createCallFunction =
  ({ invoke, clock, log }: { invoke: InvokeFunction; clock: Clock; log: Log }) =>
  async ({ functionArn, sourceArn, event, timeoutMs }: FunctionCall): Promise<FunctionAnswer> => {
    const name = functionArn.split(":")[6] ?? functionArn;
    const failed = (failure: Failure, what: string, details: FailureDetails = {}): FunctionAnswer => {
      const route = sourceArn.split("/").slice(1).join("/");
      log({ level: "error", from: "websocket", message: `${name} ${what} (${route})`, details });
      return { failure, errorMessage: details.errorMessage };
    };
    const timeout = Promise.withResolvers<"timed-out">();
    const cancel = clock.after(timeoutMs, () => timeout.resolve("timed-out"));
    try {
      const invocation = invoke({
        functionName: functionArn,
        payload: JSON.stringify(event),
        principal: { kind: "service", name: "apigateway.amazonaws.com", sourceArn },
      });
      const result = await Promise.race([invocation, timeout.promise]);
      if (result === "timed-out") {
        invocation.catch(() => {}); // its end no longer matters to anyone
        return failed("timed-out", `did not answer within ${timeoutMs} ms`);
      }
      if (!result.functionError) return { payload: result.payload };
      return failed("function-error", "failed", { requestId: result.requestId, ...errorOf(result) });
    } catch (error) {
      const throttled = error instanceof AwsError && error.name === "TooManyRequestsException";
      return failed(throttled ? "throttled" : "refused", "could not be invoked", errorDetails(error));
    } finally {
      cancel();
    }
  };

interface FailureDetails {
  readonly errorMessage?: string;
  readonly [key: string]: unknown;
}

/** Lambda's `{ errorType, errorMessage }`; the trace is in the function's own log. */
const errorOf = ({ payload }: InvokeResult): FailureDetails => {
  const { errorType, errorMessage } = Object(JSON.parse(payload));
  return { errorType, errorMessage };
};
