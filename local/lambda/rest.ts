import { AwsError } from "../aws/error.ts";
import type { Principal } from "../aws/service.ts";
import { concurrencyOver } from "./concurrency-api.ts";
import type { LambdaFunction } from "./create-function.ts";
import { type InvokeNeeds, invokeOver } from "./invoke-api.ts";

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

interface Needs extends InvokeNeeds {
  /** All functions. @throws AwsError where the principal may not list them */
  list(principal: Principal): readonly LambdaFunction[];
  requestId(): string;
}

/** Makes Lambda's API as far as it runs here: Invoke, ListFunctions and reserved concurrency. */
export const createRest =
  (needs: Needs): Rest =>
  async (call) => {
    const requestId = needs.requestId();
    const identified = (answer: RestAnswer) => ({
      ...answer,
      headers: { ...answer.headers, "x-amzn-requestid": requestId },
    });
    try {
      return identified(await route(call, needs, requestId));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return identified({
        status: error.status,
        headers: { "content-type": "application/json", "x-amzn-errortype": error.name },
        body: JSON.stringify({
          ...error.details,
          Type: error.status < 500 ? "User" : "Service",
          Message: error.message,
        }),
      });
    }
  };

const route = async (call: RestCall, needs: Needs, requestId: string): Promise<RestAnswer> => {
  const [, name] = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/.exec(call.path) ?? [];
  if (name && call.method === "POST") return invokeOver(call, decodeURIComponent(name), requestId, needs);
  if (/^\/2015-03-31\/functions\/?$/.test(call.path) && call.method === "GET") {
    return listed(needs.list(call.principal));
  }
  const concurrency = concurrencyOver(call, needs);
  if (concurrency) return concurrency;
  const message = `${call.method} ${call.path}: of Lambda, only Invoke, ListFunctions and reserved concurrency run here.`;
  throw new AwsError("UnknownOperationException", message, 404);
};

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html, in one page. */
const listed = (functions: readonly LambdaFunction[]): RestAnswer => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({
    Functions: functions.map(({ name, arn, properties }) => ({
      FunctionName: name,
      FunctionArn: arn,
      Runtime: properties.Runtime,
      Role: properties.Role,
      Handler: properties.Handler,
      Timeout: properties.Timeout,
      MemorySize: properties.MemorySize,
      Version: "$LATEST",
    })),
  }),
});
