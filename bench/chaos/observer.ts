import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import type { Seen } from "./judge.ts";

interface HistoryFrame {
  readonly type: "history";
  readonly messages: readonly Seen[];
  readonly skipped: readonly number[];
  readonly head: number;
}

const PATIENCE_MS = 10_000;

/** Reads a room's whole history without our client, asking again whenever something goes wrong. */
export const readHistory = async (endpoint: string, room: string): Promise<Seen[]> => {
  const messages: Seen[] = [];
  for (let after = 0; ; ) {
    const page = await ask(endpoint, room, after).catch(() => undefined);
    if (!page) {
      await sleep(500);
      continue;
    }
    messages.push(...page.messages);
    after = Math.max(after, ...page.messages.map(({ seq }) => seq), ...page.skipped);
    if (after >= page.head) return messages;
  }
};

/** One page, by a connection of its own. @throws Error when it does not come */
const ask = (endpoint: string, room: string, after: number): Promise<HistoryFrame> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${endpoint}?room=${encodeURIComponent(room)}`, { perMessageDeflate: false });
    const timer = setTimeout(() => socket.terminate(), PATIENCE_MS);
    socket.on("open", () => socket.send(JSON.stringify({ message: "history", room, after })));
    socket.on("message", (data) => {
      const frame = JSON.parse(String(data));
      if (frame.type === "history") resolve(frame);
      if (frame.type !== "message" && frame.type !== "presence") socket.close();
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(timer);
      reject(new Error("closed"));
    });
  });

/** A WebSocket that lets somebody listen to every frame that comes, before the client sees it. */
export const tapped = (onFrame: (frame: Record<string, unknown>) => void) =>
  class extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, { perMessageDeflate: false });
      this.on("message", (data) => onFrame(JSON.parse(String(data))));
    }
  };
