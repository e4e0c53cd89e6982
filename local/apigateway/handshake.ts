import { STATUS_CODES } from "node:http";
import type { AccessLog } from "./access-log.ts";
import type { createAuthorize } from "./authorizer.ts";
import type { ClientRequest } from "./client-request.ts";
import { type ConnectionFacts, connectEvent, type RequestContext, requestContext } from "./events.ts";
import type { CallIntegration, IntegrationAnswer } from "./integration.ts";
import { chosenProtocol } from "./proxy-response.ts";
import type { Stage } from "./stage.ts";
import type { StageMetrics } from "./stage-metrics.ts";
import type { Throttle } from "./throttle.ts";

/** A connection that may be opened, and the subprotocol that `$connect` chose for it. */
export interface Accepted {
  readonly refused?: undefined;
  readonly stage: Stage;
  readonly facts: ConnectionFacts;
  readonly protocol: string | undefined;
}

/** The HTTP answer to an upgrade that is refused. */
export interface Refused {
  readonly refused: { readonly status: number; readonly body: string };
}

const statusOf: Readonly<Record<NonNullable<IntegrationAnswer["failure"]>, number>> = {
  "function-error": 502,
  malformed: 502,
  refused: 500,
  throttled: 500,
  "timed-out": 504,
};

/**
 * Decides on an upgrade while it is pending: throttling, then the authorizer, then the `$connect` integration. Its
 * status is the client's if it is not 2xx; a malformed answer is a 502. Without a `$connect` route all are accepted.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html
 */
export const createHandshake =
  (needs: {
    now: () => number;
    newId: () => string;
    throttle: Throttle;
    authorize: ReturnType<typeof createAuthorize>;
    callIntegration: CallIntegration;
    accessLog: AccessLog;
    metrics: StageMetrics;
  }) =>
  async (stage: Stage, request: ClientRequest): Promise<Accepted | Refused> => {
    const at = needs.now();
    const { sourceIp, userAgent } = request;
    const identity = { ...(userAgent !== undefined && { userAgent }), sourceIp };
    const anonymous: ConnectionFacts = { connectionId: needs.newId(), connectedAt: at, identity };
    const requestFacts = { routeKey: "$connect", eventType: "CONNECT" as const, requestId: needs.newId(), at };
    const route = stage.routes.get("$connect");

    const refuse = (context: RequestContext, status: number, message: string): Refused => {
      needs.accessLog(stage, context, { status, error: message });
      const { connectionId, requestId } = context;
      return { refused: { status, body: JSON.stringify({ message, connectionId, requestId }) } };
    };

    /** Refuses without having called the integration. */
    const refuseClient = (status: number, message: string): Refused => {
      if (status < 500) needs.metrics.clientError(stage);
      return refuse(context, status, message);
    };

    const context = requestContext(stage, anonymous, requestFacts);
    if (!needs.throttle.admits(route)) return refuseClient(429, "Too Many Requests");
    const authorization = route?.authorizer && (await needs.authorize(route.authorizer, stage, context, request));
    if (authorization && authorization.status !== 200)
      return refuseClient(authorization.status, refusals[authorization.status]);

    const facts = authorization ? { ...anonymous, authorizer: authorization.context } : anonymous;
    const authorized = requestContext(stage, facts, requestFacts);
    const answer = await needs.callIntegration(route, connectEvent(stage, authorized, request));
    if (answer.failure) return refuse(authorized, statusOf[answer.failure], "Internal server error");
    const { statusCode: status } = answer.response;
    if (status >= 300) return refuse(authorized, status, STATUS_CODES[status] ?? "Refused");
    needs.accessLog(stage, authorized, { status: 200 });
    return { stage, facts, protocol: chosenProtocol(answer.response) };
  };

const refusals = { 401: "Unauthorized", 403: "Forbidden", 500: "Internal server error" } as const;
