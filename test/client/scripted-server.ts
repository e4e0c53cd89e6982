import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";

export interface AskedFrame {
  readonly message: string;
  readonly room: string;
  readonly ref: string;
  readonly data?: unknown;
  readonly after?: number;
  readonly epoch?: string;
  readonly limit?: number;
}

interface Said {
  readonly id: string;
  readonly seq: number;
  readonly from: { readonly id: string; readonly name: string };
  readonly data: unknown;
  readonly received: number;
}

/** What a test says instead of the server: an answer, nothing, or the usual answer. */
type Answer = (frame: AskedFrame, connection: number) => object | "nothing" | "usual";

const bob = { id: "guest-bob", name: "bob" };
const ann = { id: "guest-ann", name: "ann" };

/**
 * A server that plays the protocol with one room's memory: it numbers, keeps, acks and pages, and delivers to nobody by
 * itself. A test takes its part where it likes.
 * @param status refuses every upgrade with this
 */
export const scriptedServer = async ({ status }: { status?: number } = {}) => {
  const http = createServer();
  const sockets = new WebSocketServer({
    server: http,
    handleProtocols: (offered) => [...offered][0] ?? false,
    verifyClient: (_info, accept) => (status ? accept(false, status) : accept(true)),
  });
  const connections: WebSocket[] = [];
  const upgrades: { path: string; protocols: string }[] = [];
  const frames: (AskedFrame & { connection: number })[] = [];
  const said: Said[] = [];
  const refs = new Map<string, Said>();
  const skipped = new Set<number>();
  let epoch = "e1";
  let firstKept = 1;
  let answer: Answer = () => "usual";
  let head = 0;

  const say = (data: unknown, from = bob): Said => {
    head += 1;
    const message = { id: `01-${head}`, seq: head, from, data, received: Date.UTC(2026, 0, 1) + head };
    said.push(message);
    return message;
  };
  const publish = ({ ref, data }: AskedFrame) => {
    const message = refs.get(ref) ?? say(data, ann);
    refs.set(ref, message);
    const { id, seq, received } = message;
    return { type: "ack", id, seq, received };
  };
  const history = ({ after = 0, epoch: asked = epoch, limit = 100 }: AskedFrame) => {
    if (asked !== epoch) return { type: "history", epoch, messages: [], skipped: [], head, recovered: false };
    const from = Math.max(after + 1, firstKept);
    const upTo = Math.min(head, from + limit - 1);
    return {
      type: "history",
      epoch,
      messages: said.filter(({ seq }) => seq >= from && seq <= upTo),
      skipped: [...skipped].filter((seq) => seq >= from && seq <= upTo),
      head,
      recovered: after + 1 >= firstKept,
    };
  };
  const usual = (frame: AskedFrame): object => {
    if (frame.message === "join") return { type: "joined", room: frame.room, epoch, seq: head };
    if (frame.message === "leave") return { type: "left", room: frame.room };
    if (frame.message === "publish") return { room: frame.room, ...publish(frame) };
    if (frame.message === "history") return { room: frame.room, ...history(frame) };
    if (frame.message === "ping") return { type: "pong", rooms: { lobby: { epoch, seq: head } } };
    return { type: "error", code: "UNKNOWN_ROUTE", reason: "because" };
  };

  sockets.on("connection", (socket, request) => {
    upgrades.push({ path: String(request.url), protocols: String(request.headers["sec-websocket-protocol"]) });
    const connection = connections.push(socket);
    socket.on("message", (data) => {
      const frame: AskedFrame = JSON.parse(String(data));
      frames.push({ ...frame, connection });
      const answered = answer(frame, connection);
      if (answered === "nothing") return;
      socket.send(JSON.stringify({ ref: frame.ref, ...(answered === "usual" ? usual(frame) : answered) }));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const stop = () => {
    sockets.close();
    for (const socket of sockets.clients) socket.terminate();
    http.close();
  };
  onTestFinished(stop);

  return {
    endpoint: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/dev`,
    upgrades,
    frames,
    /** The frames with this `message`. */
    asked: (message: string) => frames.filter((frame) => frame.message === message),
    /** Waits for as many frames with this `message`. */
    isAsked: (message: string, times = 1) =>
      expect.poll(() => frames.filter((frame) => frame.message === message).length).toBe(times),
    get connections() {
      return connections.length;
    },
    get openConnections() {
      return sockets.clients.size;
    },
    usual,
    answers: (next: Answer) => {
      answer = next;
    },
    /** Bob says something that reaches nobody by itself. Returns its frame. */
    says: (data: unknown) => ({ type: "message", room: "lobby", ...say(data) }),
    /** A number that no message has. */
    skips: () => skipped.add(++head),
    /** What is older is no longer kept. */
    forgetsBelow: (seq: number) => {
      firstKept = seq;
    },
    /** The room's numbers begin anew. */
    beginsAnew: (seq: number) => {
      epoch = "e2";
      head = seq;
      said.length = 0;
    },
    /** Sends to a connection, the newest unless said. */
    send: (frame: object, connection = connections.length) => connections[connection - 1]?.send(JSON.stringify(frame)),
    /** Ends a connection without a close frame, the newest unless said. */
    cut: (connection = connections.length) => connections[connection - 1]?.terminate(),
    stop,
  };
};
