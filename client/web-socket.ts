/** As much of a WebSocket as the client needs: a browser's, Node's own, or that of the package `ws`. */
export interface WebSocketLike {
  readonly readyState: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

/** Makes a WebSocket: the global `WebSocket`, or `WebSocket` of the package `ws`. */
export type WebSocketConstructor = new (url: string, protocols: string[]) => WebSocketLike;

/** The platform's own. @throws TypeError where it has none */
export const platformWebSocket = (): WebSocketConstructor => {
  const { WebSocket } = globalThis as { WebSocket?: unknown };
  if (WebSocket) return WebSocket as WebSocketConstructor;
  throw new TypeError("There is no global WebSocket here: pass that of `ws` as the option `WebSocket`.");
};
