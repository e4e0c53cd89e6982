import { WebSocket } from "ws";
import type { Event } from "./session.ts";

interface Needs {
  readonly url: URL;
  /** Offered in this order; the server echoes the first. */
  readonly protocols: readonly string[];
  /** Calls `task` once, `ms` milliseconds from now; the function returned cancels it. */
  readonly after: (ms: number, task: () => void) => () => void;
  /** A number from 0 to 1. */
  readonly random: () => number;
  readonly on: (event: Extract<Event, { type: "opened" | "closed" | "refused" | "received" }>) => void;
}

export interface Connection {
  /** Sends a frame, unless the connection is down: what matters is sent again when it is up. */
  send(text: string): void;
  /** Gives up a connection that has gone silent. */
  reconnect(): void;
  /** Closes with a close frame and resolves when the server has answered it, or after a second. */
  close(): Promise<void>;
}

const CLOSE_MS = 1_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** How long to wait before connecting for the `attempt`-th time: between nothing and a limit that doubles each time. */
export const backoff = (attempt: number, random: () => number): number =>
  Math.round(random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt));

/** Keeps a connection: connects, and connects again whenever it ends, until it is closed or the server refuses us. */
export const keepConnection = ({ url, protocols, after, random, on }: Needs): Connection => {
  let socket: WebSocket;
  let attempt = 0;
  let ended = false;
  let cancel = () => {};

  const connect = () => {
    let why = `The connection to ${url.host} has ended`;
    socket = new WebSocket(url, [...protocols], { perMessageDeflate: false, handshakeTimeout: 10_000 });
    socket.on("open", () => {
      attempt = 0;
      on({ type: "opened" });
    });
    socket.on("message", (data) => on({ type: "received", text: String(data) }));
    socket.on("unexpected-response", (_request, response) => {
      why = refusal(url, response.statusCode ?? 0);
      // Throttled or failing servers take us later; any other refusal is the same the next time.
      ended ||= response.statusCode !== 429 && (response.statusCode ?? 0) < 500;
      if (ended) on({ type: "refused", why });
      socket.terminate();
    });
    // Told by `close`, which always follows.
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code) why = `There is no connection to ${url.host} (${error.code})`;
    });
    socket.on("close", (code, reason) => {
      if (ended) return;
      const retryInMs = backoff(attempt++, random);
      const said = [code === 1006 ? "" : code, String(reason)].filter(Boolean).join(" ");
      on({ type: "closed", why: said ? `${why} (${said})` : why, retryInMs });
      cancel = after(retryInMs, connect);
    });
  };
  connect();

  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    reconnect: () => socket.terminate(),
    close: () =>
      new Promise((resolve) => {
        ended = true;
        cancel();
        if (socket.readyState === WebSocket.CLOSED) return resolve();
        const giveUp = after(CLOSE_MS, () => socket.terminate());
        socket.once("close", () => {
          giveUp();
          resolve();
        });
        socket.close(1000);
      }),
  };
};

const REASONS: Readonly<Record<number, string>> = {
  400: "the name or the client secret is not valid",
  401: "it wants to know who you are",
  403: "you are not allowed in, or there is no such stage",
  404: "there is no such address",
  429: "too many are connecting",
};

const refusal = ({ host, pathname }: URL, status: number) =>
  `${host}${pathname} refused the connection (HTTP ${status}): ${REASONS[status] ?? "the server has failed"}`;
