import { isUtf8 } from "node:buffer";
import type { Faults } from "../faults/faults.ts";
import { closedByBackend } from "./close-reasons.ts";
import type { Connection } from "./connection.ts";
import { isConnectionId } from "./ids.ts";
import type { Stage } from "./stage.ts";
import type { Throttle } from "./throttle.ts";

/** A call of `@connections`, its caller authorized already. */
export interface ManagementCall {
  readonly method: string;
  /** The path as it came, `%40` and `%3D` included, without a query. */
  readonly path: string;
  readonly body: Buffer;
}

export interface ManagementAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const pathForm = /^\/([\w-]+)\/(?:@|%40)connections\/([^/]+)$/;

/** The stage and connection id of a path of `@connections`; undefined for any other path. */
export const readManagementPath = (path: string): { stage: string; connectionId: string } | undefined => {
  const [, stage, encoded] = pathForm.exec(path) ?? [];
  if (stage === undefined || encoded === undefined) return undefined;
  return { stage, connectionId: encoded.includes("%") ? decode(encoded) : encoded };
};

/** An id that is wrongly encoded stays as it came, and is then no possible id. */
const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const answer = (status: number): ManagementAnswer => ({ status, headers: {}, body: "" });
const failure = (status: number, name: string, message?: string): ManagementAnswer => ({
  status,
  headers: { "content-type": "application/json", "x-amzn-ErrorType": name },
  body: message === undefined ? "" : JSON.stringify({ message }),
});

// The same objects for every call: thousands of posts a second come through here.
const sent = answer(200);
const deleted = answer(204);
/** With an empty body: the SDK takes the name from the header (aws/aws-sdk-js issue 3773). */
const gone = failure(410, "GoneException");
const forbidden = failure(403, "ForbiddenException", "Forbidden");
const tooMany = failure(429, "LimitExceededException", "Too Many Requests");
const bufferFull = failure(429, "LimitExceededException", "The client does not read: its buffer is full");

/**
 * The `@connections` API, as the unmodified SDK sees it.
 * https://docs.aws.amazon.com/apigatewaymanagementapi/latest/reference/ and the service model of the SDK.
 */
export const createManage = (needs: {
  stages: ReadonlyMap<string, Stage>;
  /** Open connections, by id: one whose `$connect` has not yet returned is not among them, so it is gone. */
  connections: ReadonlyMap<string, Connection>;
  throttle: Throttle;
  messageBytes: number;
  faults: Faults;
}) => {
  const { faults } = needs;
  const post = (connection: Connection, body: Buffer): ManagementAnswer | undefined => {
    if (faults.strikes("post.hang")) return undefined;
    // A text frame has to be UTF-8 (RFC 6455, 5.6): a client would end the connection over anything else.
    if (!connection.send(isUtf8(body) ? body : body.toString())) return bufferFull;
    return faults.strikes("post.gone") ? gone : sent;
  };

  /** @returns undefined for a call that is never answered */
  return ({ method, path, body }: ManagementCall): ManagementAnswer | undefined => {
    const target = readManagementPath(path);
    const stage = target && needs.stages.get(target.stage);
    if (!target || !stage || !["POST", "GET", "DELETE"].includes(method)) return forbidden;
    if (!needs.throttle.admitsCallback()) return tooMany;
    if (method === "POST" && faults.strikes("post.throttle")) return tooMany;
    const { connectionId } = target;
    if (!isConnectionId(connectionId))
      return failure(400, "BadRequestException", `Invalid connectionId: ${connectionId}`);
    if (body.length > needs.messageBytes)
      return failure(413, "PayloadTooLargeException", `The payload is over ${needs.messageBytes} bytes`);
    const connection = needs.connections.get(connectionId);
    if (connection?.stage.arn !== stage.arn || !connection.isOpen()) return gone;
    if (method === "POST") return post(connection, body);
    if (method === "GET") return { status: 200, headers: jsonHeaders, body: describe(connection) };
    connection.close(closedByBackend);
    return deleted;
  };
};

const jsonHeaders = { "content-type": "application/json" };

const describe = ({ facts, lastActiveAt }: Connection): string =>
  JSON.stringify({
    connectedAt: new Date(facts.connectedAt).toISOString(),
    identity: { sourceIp: facts.identity.sourceIp, userAgent: facts.identity.userAgent ?? "" },
    lastActiveAt: new Date(lastActiveAt()).toISOString(),
  });
