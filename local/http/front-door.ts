import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { WebSocketApis } from "../apigateway/websocket-apis.ts";
import { AwsError } from "../aws/error.ts";
import type { Clock } from "../clock.ts";
import type { Iam } from "../iam/iam.ts";
import type { Certificate } from "./certificate.ts";
import { hasTwoHosts, refuseConnection } from "./client-error.ts";
import { type Answer, restError } from "./json-protocol.ts";
import { listen } from "./listen.ts";
import { readBody } from "./request-body.ts";
import { createSignedCalls, headersOf, type SignedCallsNeeds } from "./signed-calls.ts";
import { createClaimCheck, createSignatureCheck } from "./sigv4.ts";

export interface FrontDoorNeeds extends Pick<SignedCallsNeeds, "services" | "call" | "restServices" | "log"> {
  readonly iam: Pick<Iam, "authorize" | "principalOf">;
  readonly webSockets: Pick<WebSocketApis, "upgrade" | "request" | "manage" | "manageArn">;
  /**
   * Takes the request, of whatever method, if it is for one of the pages for who runs this: at once or later it answers
   * for itself.
   */
  pages(request: IncomingMessage, response: ServerResponse): boolean;
  /** Takes the request if there is a website that it is for, which whoever reaches the port may see. */
  site(request: IncomingMessage, response: ServerResponse): boolean;
  /** Whether all is started: what `GET /healthz` answers. */
  healthy(): boolean;
  /** With it the port speaks TLS only. */
  readonly certificate?: Certificate;
  readonly clock: Clock;
}

/** The one port. */
export interface FrontDoor {
  /** @param port 0 for any that is free. @throws Error with one clear line for a port that is not to be had. */
  listen(port: number, host: string): Promise<{ port: number }>;
  /** Takes no more requests, lets those that run end, and cuts what is still there after two seconds. */
  close(): Promise<void>;
}

const closeMs = 2_000;

/** Makes the HTTP server that everything comes through: AWS calls, WebSocket upgrades, pages. */
export const createFrontDoor = (needs: FrontDoorNeeds): FrontDoor => {
  const { webSockets, log, clock } = needs;
  const keys = { principalOf: needs.iam.principalOf, clock };
  const calls = createSignedCalls({
    ...needs,
    verify: createSignatureCheck(keys),
    checkHead: createClaimCheck(keys),
    authorize: needs.iam.authorize,
    connections: webSockets,
  });

  /** Those whose caller waits for an answer that never comes, until it leaves or the door closes. */
  const unanswered = new Set<ServerResponse>();
  const leaveUnanswered = (response: ServerResponse) => {
    unanswered.add(response);
    response.once("close", () => unanswered.delete(response));
    if (!server.listening) response.destroy();
  };

  const answerCall = async (request: IncomingMessage, response: ServerResponse, headers: Map<string, string>) => {
    const { method = "GET", url = "/" } = request;
    const refusal = calls.refusal({ method, url, headers });
    if (refusal) return send(response, refusal);
    const body = await readBody(request);
    const answer = await calls.answer({ method, url, headers, body }, () => abortedWith(response));
    if (!answer) return leaveUnanswered(response);
    // Once the door is closing, a connection kept open would hold it.
    send(response, answer, server.listening ? {} : { connection: "close" });
  };

  const serve = (request: IncomingMessage, response: ServerResponse) => {
    if (hasTwoHosts(request)) return refuseConnection(request.socket);
    const { method = "GET", url = "/" } = request;
    const headers = headersOf(request);
    if (calls.concerns({ method, url, headers })) {
      answerCall(request, response, headers).catch((error: unknown) => {
        if (error instanceof AwsError) send(response, restError(error), { connection: "close" });
        else response.destroy();
      });
    } else if (url === "/healthz" && method === "GET") {
      const healthy = needs.healthy();
      send(response, {
        status: healthy ? 200 : 503,
        headers: { "content-type": "text/plain" },
        body: healthy ? "ok" : "starting",
      });
    } else if (
      !webSockets.request(request, response) &&
      !needs.pages(request, response) &&
      !needs.site(request, response)
    ) {
      send(response, restError(new AwsError("NotFoundException", `There is nothing at ${method} ${url}`, 404)));
    }
  };
  const server = needs.certificate
    ? createTlsServer({ ...serverOptions, ...needs.certificate }, serve)
    : createServer(serverOptions, serve);
  server.on("upgrade", (request, socket, head) => {
    if (hasTwoHosts(request)) refuseConnection(socket);
    else webSockets.upgrade(request, socket, head);
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    log({ level: "debug", from: "http", message: `a request is refused: ${error.message}` });
    refuseConnection(socket, error);
  });

  return {
    listen: (port, host) => listen(server, port, host),
    close: () =>
      new Promise((resolve) => {
        const cancel = clock.after(closeMs, () => server.closeAllConnections());
        server.close(() => {
          cancel();
          resolve();
        });
        server.closeIdleConnections();
        for (const response of unanswered) response.destroy();
      }),
  };
};

/** In milliseconds. A client keeps its connections shorter than the server does, so that none is cut as it is used. */
const serverOptions = {
  keepAliveTimeout: 75_000,
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 5_000,
  noDelay: true,
};

/** Aborts when the caller leaves before it has its answer. */
const abortedWith = (response: ServerResponse): AbortSignal => {
  const controller = new AbortController();
  response.on("close", () => {
    if (!response.writableFinished) controller.abort(new Error("The caller has left"));
  });
  return controller.signal;
};

const send = (response: ServerResponse, { status, headers, body }: Answer, more: Record<string, string> = {}): void => {
  if (response.headersSent || response.destroyed) return;
  // A 204 has no length (RFC 9110, 8.6).
  const length = status === 204 ? undefined : { "content-length": String(Buffer.byteLength(body)) };
  response.writeHead(status, { "x-amzn-requestid": randomUUID(), ...headers, ...more, ...length });
  response.end(body);
};
