import { type ClientRequest, type Values, withoutHopHeaders } from "./client-request.ts";
import type { Closure } from "./close-reasons.ts";
import type { Stage } from "./stage.ts";

/** What every event of one connection says alike. */
export interface ConnectionFacts {
  readonly connectionId: string;
  /** Unix time in milliseconds: the same number in all of a connection's events. */
  readonly connectedAt: number;
  readonly identity: { readonly userAgent?: string; readonly sourceIp: string };
  /** `principalId` and the authorizer's context, all text; absent without an authorizer. */
  readonly authorizer?: Readonly<Record<string, string>>;
}

/** One request of a connection. */
export interface RequestFacts {
  readonly routeKey: string;
  readonly eventType: "CONNECT" | "MESSAGE" | "DISCONNECT";
  readonly requestId: string;
  /** Of a MESSAGE only. */
  readonly messageId?: string;
  /** Unix time in milliseconds. */
  readonly at: number;
}

export type RequestContext = ReturnType<typeof requestContext>;

/**
 * The `requestContext` of an event, with the keys that AWS was recorded to send.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export const requestContext = (stage: Stage, connection: ConnectionFacts, request: RequestFacts) => ({
  routeKey: request.routeKey,
  ...(request.messageId && { messageId: request.messageId }),
  ...(connection.authorizer && { authorizer: connection.authorizer }),
  eventType: request.eventType,
  extendedRequestId: request.requestId,
  requestTime: commonLogTime(request.at),
  messageDirection: "IN",
  stage: stage.name,
  connectedAt: connection.connectedAt,
  requestTimeEpoch: request.at,
  identity: connection.identity,
  requestId: request.requestId,
  domainName: stage.domainName,
  connectionId: connection.connectionId,
  apiId: stage.apiId,
});

/** The value of `$context.{path}`; undefined where the request has none. */
export const contextValue = (context: RequestContext, path: string): string | undefined => {
  const value = path
    .split(".")
    .reduce<unknown>(
      (at, name) =>
        typeof at === "object" && at !== null && Object.hasOwn(at, name) ? Reflect.get(at, name) : undefined,
      context,
    );
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
};

/** What the authorizer gets, https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html */
export const authorizerEvent = (stage: Stage, context: RequestContext, { headers, query }: ClientRequest) => ({
  type: "REQUEST",
  methodArn: `${stage.arn}/${context.routeKey}`,
  headers: headers.single,
  multiValueHeaders: headers.multi,
  queryStringParameters: query.single,
  multiValueQueryStringParameters: query.multi,
  stageVariables: stage.variables ?? {},
  requestContext: context,
});

/** What `$connect` gets: without a query string, its keys are absent. */
export const connectEvent = (stage: Stage, context: RequestContext, { headers, query }: ClientRequest) => ({
  ...headerKeys(withoutHopHeaders(headers)),
  ...(Object.keys(query.single).length > 0 && {
    queryStringParameters: query.single,
    multiValueQueryStringParameters: query.multi,
  }),
  ...stageVariables(stage),
  requestContext: context,
  isBase64Encoded: false,
});

/** What a message's route gets: no headers. */
export const messageEvent = (stage: Stage, context: RequestContext, body: string) => ({
  ...stageVariables(stage),
  requestContext: context,
  body,
  isBase64Encoded: false,
});

/** What `$disconnect` gets: these four headers, three of them empty. */
export const disconnectEvent = (stage: Stage, context: RequestContext, closure: Closure) => {
  const headers = { Host: stage.domainName, "x-api-key": "", "X-Forwarded-For": "", "x-restapi": "" };
  const multi = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return {
    ...headerKeys({ single: headers, multi }),
    ...stageVariables(stage),
    requestContext: { ...context, disconnectStatusCode: closure.code, disconnectReason: closure.reason },
    isBase64Encoded: false,
  };
};

const headerKeys = ({ single, multi }: Values) => ({ headers: single, multiValueHeaders: multi });

const stageVariables = (stage: Stage) => stage.variables && { stageVariables: stage.variables };

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `09/Feb/2024:18:11:43 +0000`. */
const commonLogTime = (at: number): string => {
  const iso = new Date(at).toISOString();
  return `${iso.slice(8, 10)}/${months[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
};
