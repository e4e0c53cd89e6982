/**
 * What API Gateway allows a WebSocket API, here as there.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 */
export interface Quotas {
  /** Bytes of payload in one frame from the client. */
  readonly frameBytes: number;
  /** Bytes in one message, of all its frames, and in one payload of `@connections`. */
  readonly messageBytes: number;
  /** Milliseconds without a message in either direction. */
  readonly idleMs: number;
  /** Milliseconds that a connection lives at most. */
  readonly connectionMs: number;
  /** Milliseconds that an authorizer or an integration has, unless the integration asks for less. */
  readonly integrationMs: number;
  /** Characters in the URL of the upgrade, from its path on. */
  readonly urlCharacters: number;
  /** Requests a second of the account in its Region: frames from clients and calls of `@connections` together. */
  readonly requestsPerSecond: number;
  /** How many of them may come at once. */
  readonly requestBurst: number;
  /**
   * Bytes that wait for a client that does not read. AWS names the refusal (`LimitExceededException`, "the client's
   * buffer is full") and not the size: this one is ours.
   */
  readonly sendBufferBytes: number;
  /**
   * Milliseconds that it may refuse so: a client that has read nothing of what waits until then is cut. How long AWS
   * goes on is not known, 2 hours at most: this is ours too.
   */
  readonly unreadMs: number;
  /** Messages of one connection that are under way at once; what it sends meanwhile waits. AWS names no such number. */
  readonly messagesAtOnce: number;
}

/** The quotas of an account that has asked for no other. */
export const defaultQuotas: Quotas = {
  frameBytes: 32 * 1024,
  messageBytes: 128 * 1024,
  idleMs: 10 * 60_000,
  connectionMs: 2 * 60 * 60_000,
  integrationMs: 29_000,
  urlCharacters: 4096,
  requestsPerSecond: 10_000,
  requestBurst: 5_000,
  sendBufferBytes: 1024 * 1024,
  unreadMs: 30_000,
  messagesAtOnce: 4,
};
