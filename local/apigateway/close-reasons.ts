/** How a connection ended: the WebSocket status code and its reason, as `$disconnect` is told them. */
export interface Closure {
  readonly code: number;
  readonly reason: string;
}

/** Idle for 10 minutes (recorded from AWS), open for 2 hours (not recorded; taken to be alike), or the service stops. */
export const goingAway: Closure = { code: 1001, reason: "Going away" };

/** `DELETE @connections`, as recorded in boto/boto3 issue 3789. */
export const closedByBackend: Closure = { code: 1000, reason: "Connection Closed Normally" };

/** A binary frame: https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-binary-media-types.html */
export const binaryFrame: Closure = { code: 1003, reason: "Unsupported Data" };

/** A frame over 32 KB or a message over 128 KB. The code is AWS's; the reason, not recorded, is RFC 6455's name. */
export const tooBig: Closure = { code: 1009, reason: "Message Too Big" };

/** The connection was lost without a close frame. */
export const lost: Closure = { code: 1006, reason: "" };

/** The client has left too much unread for too long. AWS documents no such end; as for any other loss there is no close frame. */
export const readsNothing: Closure = { code: 1006, reason: "The client does not read" };

/** How the client closed, `code` 1006 for not at all: AWS has a sentence of its own where its close frame holds no status. */
export const closedByClient = (code: number, reason: string): Closure =>
  code === 1005 ? { code, reason: "Client-side close frame status not set" } : { code, reason };

/**
 * What a client did wrong on the wire, by the name that `ws` gives it; `ws` has sent the close frame. Anything else is
 * the socket's own error, a reset for example.
 */
export const closedOver = ({ code = "" }: { code?: string | undefined }): Closure => {
  switch (code) {
    case "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH":
      return tooBig;
    case "WS_ERR_INVALID_UTF8":
      return { code: 1007, reason: "Invalid frame payload data" };
    case "WS_ERR_TOO_MANY_BUFFERED_PARTS":
      return { code: 1008, reason: "Policy Violation" };
    default:
      return code.startsWith("WS_ERR_") ? { code: 1002, reason: "Protocol error" } : lost;
  }
};
