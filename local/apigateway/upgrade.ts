import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Log } from "../log.ts";
import { readClientRequest } from "./client-request.ts";
import { tooBig } from "./close-reasons.ts";
import type { Connection } from "./connection.ts";
import { errorDetails } from "./error-details.ts";
import { createFrameLimit } from "./frame-limit.ts";
import type { Accepted, createHandshake } from "./handshake.ts";
import type { Quotas } from "./quotas.ts";
import type { Stage } from "./stage.ts";

interface Needs {
  /** The stage that an upgrade is for, if there is one. */
  readonly stageOf: (request: IncomingMessage) => Stage | undefined;
  readonly handshake: ReturnType<typeof createHandshake>;
  readonly newTraceId: () => string;
  readonly quotas: Quotas;
  readonly open: (socket: WebSocket, accepted: Accepted) => Connection;
  /** Told when `$connect` has accepted a client that left meanwhile. */
  readonly leftEarly: (accepted: Accepted) => void;
  readonly closing: () => boolean;
  readonly log: Log;
}

/**
 * The HTTP side of an upgrade, on `ws`: it checks the handshake of RFC 6455, holds the client while the service
 * decides, and answers with 101 or the refusal's status. Compression is off: it was measured to be much slower, and a
 * client that offers it has to do without (RFC 7692, 5).
 */
export const createUpgrade = (needs: Needs) => {
  const accepted = new WeakMap<IncomingMessage, Accepted>();

  const decide = async (request: IncomingMessage): Promise<Refusal | undefined> => {
    const url = request.url ?? "/";
    if (url.length > needs.quotas.urlCharacters) return refusal(414, "URI Too Long");
    const stage = needs.stageOf(request);
    if (!stage) return refusal(403, "Forbidden");
    if (needs.closing()) return refusal(503, "Service Unavailable");
    const result = await needs.handshake(stage, readClientRequest(request, needs.newTraceId));
    if (result.refused) return result.refused;
    accepted.set(request, result);
    return undefined;
  };

  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    autoPong: false,
    maxPayload: needs.quotas.messageBytes,
    // Only what `$connect` chose is echoed, whatever the client offered.
    handleProtocols: (_offered, request) => accepted.get(request)?.protocol ?? false,
    verifyClient: async ({ req }, answer) => {
      const refused = await decide(req).catch((error: unknown) => {
        needs.log({ level: "error", from: "websocket", message: "an upgrade failed", details: errorDetails(error) });
        return refusal(500, "Internal server error");
      });
      if (refused) return answer(false, refused.status, refused.body, { "content-type": "application/json" });
      answer(true);
      const left = accepted.get(req);
      if (left) needs.leftEarly(left);
    },
  });

  return (request: IncomingMessage, socket: Duplex, head: Buffer): void =>
    server.handleUpgrade(request, socket, head, (webSocket) => {
      const taken = accepted.get(request);
      if (!taken) return socket.destroy();
      accepted.delete(request);
      const connection = needs.open(webSocket, taken);
      const overLimit = createFrameLimit(needs.quotas.frameBytes);
      // Before the listener of ws, so that the whole of a frame that is too big is never a message.
      socket.prependListener("data", (chunk: Buffer) => {
        if (overLimit(chunk)) connection.close(tooBig);
      });
    });
};

interface Refusal {
  readonly status: number;
  readonly body: string;
}

const refusal = (status: number, message: string): Refusal => ({ status, body: JSON.stringify({ message }) });
