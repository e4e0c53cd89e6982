import type { Log } from "../log.ts";
import type { createCallFunction, Failure } from "./function-call.ts";
import { type ProxyResponse, readProxyResponse } from "./proxy-response.ts";
import type { Route } from "./stage.ts";

export type IntegrationAnswer =
  | { readonly failure?: undefined; readonly response: ProxyResponse }
  | { readonly failure: Failure | "malformed" };

/** Runs a route's AWS_PROXY integration; a route without one (`$connect` may be) answers 200. Never throws. */
export const createCallIntegration =
  (needs: { callFunction: ReturnType<typeof createCallFunction>; timeoutMs: number; log: Log }) =>
  async (route: Route | undefined, event: unknown): Promise<IntegrationAnswer> => {
    if (!route?.functionArn) return { response: { statusCode: 200 } };
    const { functionArn, arn: sourceArn, timeoutMs = needs.timeoutMs } = route;
    const answer = await needs.callFunction({ functionArn, sourceArn, timeoutMs, event });
    if (answer.failure) return { failure: answer.failure };
    const response = readProxyResponse(answer.payload);
    if (response) return { response };
    const message = `${functionArn.split(":")[6]} returned a malformed proxy response (${route.key}): return { statusCode: 200 }`;
    needs.log({ level: "error", from: "websocket", message, details: { returned: answer.payload.slice(0, 1000) } });
    return { failure: "malformed" };
  };

export type CallIntegration = ReturnType<typeof createCallIntegration>;
