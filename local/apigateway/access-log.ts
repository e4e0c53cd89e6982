import { contextValue, type RequestContext } from "./events.ts";
import type { Stage } from "./stage.ts";

/** How a request ended, for `$context.status` and `$context.error.message`. */
export interface Result {
  readonly status: number;
  readonly error?: string | undefined;
}

/** Appends one line to a log group. */
export type WriteLog = (logGroupArn: string, line: string) => void;

const variable = /\$context\.([\w.]*\w)/g;
const single = new Set([
  "apiId",
  "connectedAt",
  "connectionId",
  "domainName",
  "error.message",
  "error.messageString",
  "eventType",
  "extendedRequestId",
  "messageDirection",
  "messageId",
  "requestId",
  "requestTime",
  "requestTimeEpoch",
  "routeKey",
  "stage",
  "status",
]);

/** Of `$context.authorizer`, what tells of the authorizer's own run and is not of the context that it returned. */
const unknownOfAuthorizer = new Set([
  "error",
  "integrationLatency",
  "integrationStatus",
  "latency",
  "requestId",
  "status",
]);

const isKept = (path: string): boolean => {
  const [, group, name = ""] = /^(identity|authorizer)\.(\w+)$/.exec(path) ?? [];
  return group ? group === "identity" || !unknownOfAuthorizer.has(name) : single.has(path);
};

/**
 * The access log of a stage: a line for each connect, message and disconnect, in the format that the stage declares,
 * `-` for what a request does not have. A variable that is not kept here is refused, by name, when the stage is read.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html
 */
export const createAccessLog = (stages: Iterable<Stage>, write: WriteLog) => {
  for (const { name, accessLog } of stages)
    for (const [, path = ""] of accessLog?.Format.matchAll(variable) ?? [])
      if (!isKept(path))
        throw new Error(`The access log of stage ${name} uses $context.${path}, which is not kept here: leave it out.`);
  return ({ accessLog }: Stage, context: RequestContext, { status, error }: Result): void => {
    if (!accessLog) return;
    const line = accessLog.Format.replace(variable, (_, path: string) => {
      if (path === "status") return String(status);
      if (path === "error.message") return error ?? "-";
      if (path === "error.messageString") return error === undefined ? "-" : JSON.stringify(error);
      return contextValue(context, path) ?? "-";
    });
    write(accessLog.DestinationArn, line);
  };
};

export type AccessLog = ReturnType<typeof createAccessLog>;
