import { AwsError } from "../aws/error.ts";
import type { Principal } from "../aws/service.ts";
import type { Asynchronous } from "./asynchronous.ts";
import type { LambdaFunction } from "./create-function.ts";
import type { RestAnswer, RestCall } from "./rest.ts";
import { spentHeaders } from "./spent.ts";

/** What Invoke needs. */
export interface InvokeNeeds {
  readonly asynchronous: Pick<Asynchronous, "start">;
  /** @throws AwsError where there is none, or the principal may not do this with it. @param action to invoke, if none is given */
  find(nameOrArn: string, principal: Principal, action?: string): LambdaFunction;
}

/** `X-Amz-Log-Result` is the end of the log. */
const tailBytes = 4096;

/**
 * `POST /2015-03-31/functions/{name}/invocations`, https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 * @throws AwsError where Lambda refuses
 */
export const invokeOver = async (
  call: RestCall,
  functionName: string,
  requestId: string,
  needs: InvokeNeeds,
): Promise<RestAnswer> => {
  const found = needs.find(functionName, call.principal);
  const header = (name: string) => call.headers[name]?.toString();
  const type = header("x-amz-invocation-type") ?? "RequestResponse";
  const traceHeader = header("x-amzn-trace-id");
  const payload = call.body === "" ? "{}" : call.body;
  refuseUnparsable(payload);

  if (type === "DryRun") return { status: 204, headers: {}, body: "" };
  if (type === "Event") {
    // It rejects where the runtime stops first: the caller has its answer by then, and the event is lost.
    needs.asynchronous.start(found, { requestId, payload, traceHeader }).catch(() => undefined);
    return { status: 202, headers: {}, body: "" };
  }
  if (type !== "RequestResponse") {
    throw new AwsError("InvalidParameterValueException", `'${type}' is not an invocation type.`);
  }
  const lines: string[] = [];
  const onLine = header("x-amz-log-type") === "Tail" ? (line: string) => void lines.push(line) : undefined;
  const { functionError, payload: body, ...spent } = await found.invoke({ requestId, payload, traceHeader, onLine });
  const tail = Buffer.from(`${lines.join("\n")}\n`).subarray(-tailBytes);
  return {
    status: 200,
    headers: {
      "content-type": "application/json",
      "x-amz-executed-version": "$LATEST",
      ...spentHeaders(spent),
      ...(functionError && { "x-amz-function-error": functionError }),
      ...(onLine && { "x-amz-log-result": tail.toString("base64") }),
    },
    body,
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
