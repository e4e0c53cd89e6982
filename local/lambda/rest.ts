import { AwsError } from "../aws/error.ts";
import type { Principal } from "../aws/service.ts";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { retryAsynchronously } from "./asynchronous.ts";
import type { LambdaFunction } from "./create-function.ts";
import { maxRequestBytes } from "./faults.ts";

/** An HTTP request whose signature has been checked. */
export interface RestCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly principal: Principal;
}

/** Its answer. */
export interface RestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers one call; errors too are answers. */
export type Rest = (call: RestCall) => Promise<RestAnswer>;

interface Needs {
  readonly clock: Clock;
  readonly log: Log;
  /** @throws AwsError where there is none, or the principal may not invoke it */
  find(nameOrArn: string, principal: Principal): LambdaFunction;
  requestId(): string;
}

/** Payloads of asynchronous invocations are smaller, https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maxEventBytes = 1_048_576;
/** `X-Amz-Log-Result` is the end of the log, https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const tailBytes = 4096;

/** Makes `POST /2015-03-31/functions/{name}/invocations`, https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const createRest =
  (needs: Needs): Rest =>
  async (call) => {
    const requestId = needs.requestId();
    try {
      return withRequestId(requestId, await invokeOver(call, needs, requestId));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return withRequestId(requestId, {
        status: error.status,
        headers: { "x-amzn-errortype": error.name },
        body: JSON.stringify({ Type: error.status < 500 ? "User" : "Service", Message: error.message }),
      });
    }
  };

const invokeOver = async (call: RestCall, needs: Needs, requestId: string): Promise<RestAnswer> => {
  const [, encoded] = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/.exec(call.path) ?? [];
  if (!encoded || call.method !== "POST") {
    throw new AwsError(
      "UnknownOperationException",
      `${call.method} ${call.path}: of Lambda, only Invoke runs here.`,
      404,
    );
  }
  const found = needs.find(decodeURIComponent(encoded), call.principal);
  const header = (name: string) => call.headers[name]?.toString();
  const type = header("x-amz-invocation-type") ?? "RequestResponse";
  const traceHeader = header("x-amzn-trace-id");
  const payload = call.body === "" ? "{}" : call.body;
  refuseUnparsable(payload);

  if (type === "DryRun") return { status: 204, headers: {}, body: "" };
  if (type === "Event") {
    if (Buffer.byteLength(payload) > maxEventBytes) {
      const limit = Math.min(maxEventBytes, maxRequestBytes);
      const message = `Request must be smaller than ${limit} bytes for the InvokeFunction operation`;
      throw new AwsError("RequestTooLargeException", message, 413);
    }
    void retryAsynchronously(needs, found, { requestId, payload, traceHeader });
    return { status: 202, headers: {}, body: "" };
  }
  if (type !== "RequestResponse") {
    throw new AwsError("InvalidParameterValueException", `'${type}' is not an invocation type.`);
  }
  const lines: string[] = [];
  const onLine = header("x-amz-log-type") === "Tail" ? (line: string) => void lines.push(line) : undefined;
  const result = await found.invoke({ requestId, payload, traceHeader, onLine });
  return {
    status: 200,
    headers: {
      "content-type": "application/json",
      "x-amz-executed-version": "$LATEST",
      ...(result.functionError && { "x-amz-function-error": result.functionError }),
      ...(onLine && {
        "x-amz-log-result": Buffer.from(`${lines.join("\n")}\n`)
          .subarray(-tailBytes)
          .toString("base64"),
      }),
    },
    body: result.payload,
  };
};

const refuseUnparsable = (payload: string) => {
  try {
    JSON.parse(payload);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AwsError("InvalidRequestContentException", `Could not parse request body into json: ${reason}`);
  }
};

const withRequestId = (requestId: string, answer: RestAnswer): RestAnswer => ({
  ...answer,
  headers: { ...answer.headers, "x-amzn-requestid": requestId },
});
