import type { IncomingMessage } from "node:http";
import type { ManagementAnswer, ManagementCall } from "../apigateway/management.ts";
import { AwsError } from "../aws/error.ts";
import type { Authorize, AwsService, CallService } from "../aws/service.ts";
import type { RestAnswer, RestCall } from "../lambda/rest.ts";
import type { Log } from "../log.ts";
import { type Answer, answerJson, jsonError, restError } from "./json-protocol.ts";
import { isSigned, type RawRequest } from "./signed-request.ts";
import type { Verified } from "./sigv4.ts";

export interface SignedCallsNeeds {
  verify(request: RawRequest): Verified;
  /** @throws AwsError where the head alone tells that `verify` would */
  checkHead(request: RequestHead): void;
  readonly authorize: Authorize;
  /** The services of the JSON protocol, and the way to call one. */
  readonly services: readonly AwsService[];
  readonly call: CallService;
  /** Services with a REST API, by signing name. */
  readonly restServices: Readonly<Record<string, (call: RestCall) => RestAnswer | Promise<RestAnswer>>>;
  /** The `@connections` API of the WebSocket APIs. */
  readonly connections: {
    /** What a call of this path needs `execute-api:ManageConnections` on; undefined for another path. */
    manageArn(path: string, method: string): string | undefined;
    manage(call: ManagementCall): ManagementAnswer | undefined;
  };
  readonly log: Log;
}

/** A request whose body has not been read. */
type RequestHead = Omit<RawRequest, "body">;

/** A call of an AWS API: told apart from other requests, then answered, errors included. */
export interface SignedCalls {
  /** Whether a request is meant for an AWS API: it is signed, or should have been. */
  concerns(request: RequestHead): boolean;
  /** The answer to a call whose head tells already that it is refused: a stranger's body is not read. */
  refusal(request: RequestHead): Answer | undefined;
  /** @returns undefined for a call that is never answered */
  answer(request: RawRequest, signal: () => AbortSignal): Promise<Answer | undefined>;
}

/** Makes the AWS side of the one port: which service is meant stands in the signature's credential scope. */
export const createSignedCalls = (needs: SignedCallsNeeds): SignedCalls => {
  const { verify, connections } = needs;
  const byName = new Map(needs.services.map((service) => [service.signingName, service]));
  const byPrefix = new Map(needs.services.map((service) => [service.targetPrefix, service]));

  /** Which service's form an answer has to have, where the signature is not there to tell. */
  const meantBy = (request: Pick<RawRequest, "headers">) =>
    byPrefix.get(request.headers.get("x-amz-target")?.split(".")[0] ?? "");

  const failed = (error: unknown, request: RequestHead): Answer => {
    const service = meantBy(request);
    const known = error instanceof AwsError ? error : internalFailure(error, request, needs.log);
    return service ? jsonError(known, service) : restError(known);
  };

  const manage = (request: RawRequest, { principal }: Verified): Answer | undefined => {
    const { method, body } = request;
    const path = pathOf(request.url);
    const resource = connections.manageArn(path, method);
    if (resource === undefined) throw new AwsError("ForbiddenException", "Forbidden", 403);
    try {
      needs.authorize(principal, [{ action: "execute-api:ManageConnections", resource }]);
    } catch (error) {
      // Under the name that the SDK's model has for it.
      if (error instanceof AwsError) throw new AwsError("ForbiddenException", error.message, 403);
      throw error;
    }
    return connections.manage({ method, path, body: asBuffer(body) });
  };

  const dispatch = (
    request: RawRequest,
    verified: Verified,
    signal: () => AbortSignal,
  ): Answer | undefined | Promise<Answer> => {
    const { principal, service } = verified;
    const { method, headers, body } = request;
    if (service === "execute-api") return manage(request, verified);
    const json = byName.get(service);
    if (json) {
      const context = { principal, traceHeader: headers.get("x-amzn-trace-id"), signal: signal() };
      return answerJson(json, headers.get("x-amz-target"), body, { call: needs.call, context });
    }
    const rest = Object.hasOwn(needs.restServices, service) ? needs.restServices[service] : undefined;
    if (!rest) throw new AwsError("UnknownOperationException", `No service ${service} runs here`, 404);
    return rest({
      method,
      path: pathOf(request.url),
      headers: Object.fromEntries(headers),
      body: asBuffer(body).toString(),
      principal,
    });
  };

  return {
    concerns: (request) =>
      isSigned(request) ||
      request.headers.has("x-amz-target") ||
      connections.manageArn(pathOf(request.url), request.method) !== undefined,
    refusal(request) {
      try {
        needs.checkHead(request);
        return undefined;
      } catch (error) {
        return failed(error, request);
      }
    },
    async answer(request, signal) {
      try {
        return await dispatch(request, verify(request), signal);
      } catch (error) {
        return failed(error, request);
      }
    },
  };
};

const pathOf = (url: string): string => {
  const question = url.indexOf("?");
  return question < 0 ? url : url.slice(0, question);
};

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const internalFailure = (error: unknown, { method, url, headers }: RequestHead, log: Log): AwsError => {
  const call = headers.get("x-amz-target") ?? `${method} ${pathOf(url)}`;
  log({ level: "error", from: "http", message: `${call} failed for a reason of our own`, details: { error } });
  return new AwsError("InternalFailure", "The request failed for a reason inside the service.", 500);
};

/** The headers of a request as signatures see them. Node's own joins repeated ones otherwise. */
export const headersOf = ({ rawHeaders }: Pick<IncomingMessage, "rawHeaders">): Map<string, string> => {
  const headers = new Map<string, string>();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? "").toLowerCase();
    const value = rawHeaders[i + 1] ?? "";
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before},${value}`);
  }
  return headers;
};
