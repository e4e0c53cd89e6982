import type { Writable } from "node:stream";
import type { WebSocket } from "ws";
import { openSocket } from "../socket.ts";
import type { OnTheWire } from "./wire.ts";

/** A client that sends what it likes, on one connection after another. */
export interface HostileClient {
  /** Sends a text frame; now and then waits until all before it are dealt with. @returns "sent", or how the connection is */
  frame(text: string): Promise<string>;
  /** @returns how the connection is after these bytes: "open", "left", or "closed" with the status */
  wire(bytes: OnTheWire): Promise<string>;
  leave(): void;
}

interface Needs {
  /** A new connection's URL. */
  url(): string;
  /** Hears of each frame that was answered as one whose function failed. */
  failedInside(): void;
}

/** So many frames are sent before their sender waits: with them all in flight at once. */
const AT_ONCE = 3;
const PATIENCE_MS = 60_000;
const ASK_AGAIN_MS = 2_000;

/** What is said where a function failed or did not end: why is in the runtime's log. */
const FAILED = /"message":"(Internal server error|Endpoint request timed out)"|"code":"UNAVAILABLE"/;

export const createHostileClient = ({ url, failedInside }: Needs): HostileClient => {
  let socket: WebSocket | undefined;
  let sent = 0;
  let refs = 0;

  const open = async (): Promise<WebSocket> => {
    if (socket?.readyState === 1) return socket;
    socket?.terminate();
    sent = 0;
    socket = await openSocket(url());
    socket.on("message", (data) => {
      if (FAILED.test(String(data))) failedInside();
    });
    return socket;
  };

  /** Asks for a sign of life: everything sent before has been read by then. */
  const settled = (on: WebSocket): Promise<string> =>
    new Promise((resolve) => {
      const ref = `sign of life ${++refs}`;
      const ask = () => on.readyState === 1 && on.send(JSON.stringify({ message: "ping", ref }));
      const end = (how: string) => {
        clearInterval(again);
        clearTimeout(timer);
        on.off("message", hear).off("close", closed);
        resolve(how);
      };
      const hear = (data: unknown) => String(data).includes(`"ref":"${ref}"`) && end("open");
      const closed = (code: number) => end(`closed ${code}`);
      on.on("message", hear).on("close", closed);
      // Frames that the stage's throttle refuses are lost, this one too.
      const again = setInterval(ask, ASK_AGAIN_MS);
      const timer = setTimeout(() => end("no sign of life"), PATIENCE_MS);
      if (on.readyState === 3) closed(1006);
      else ask();
    });

  return {
    async frame(text) {
      const on = await open();
      on.send(text);
      sent += 1;
      if (sent % AT_ONCE > 0) return "sent";
      const how = await settled(on);
      return how === "open" ? "sent" : how;
    },
    async wire({ bytes, unfinished }) {
      const on = await open();
      rawSocket(on).write(bytes);
      const how = unfinished ? "left" : await settled(on);
      if (how === "open") return how;
      on.terminate();
      return how;
    },
    leave: () => socket?.terminate(),
  };
};

/** The socket below a WebSocket, which it does not expose. */
const rawSocket = (client: object) => (client as { _socket: Writable })._socket;
