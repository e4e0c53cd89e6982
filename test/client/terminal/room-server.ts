import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";

interface Frame {
  readonly message: string;
  readonly room?: string;
  readonly data?: unknown;
  readonly ref?: string;
}

/** What a test changes: the answer to a frame, or undefined for none. */
export type Answer = (frame: Frame, connection: number) => object | undefined;

/** A server that plays the protocol: joins, numbers and acks by itself, unless a test answers otherwise. */
export const roomServer = async (answer: Answer = (frame) => usual(frame), status?: number) => {
  const http = createServer();
  const sockets = new WebSocketServer({
    server: http,
    handleProtocols: (offered) => [...offered][0] ?? false,
    verifyClient: (_info, accept) => (status ? accept(false, status) : accept(true)),
  });
  const connections: WebSocket[] = [];
  const upgrades: { path: string; protocols: string }[] = [];
  const frames: Frame[] = [];
  sockets.on("connection", (socket, request) => {
    upgrades.push({ path: String(request.url), protocols: String(request.headers["sec-websocket-protocol"]) });
    const number = connections.push(socket);
    socket.on("message", (data) => {
      const frame: Frame = JSON.parse(String(data));
      frames.push(frame);
      const answered = answer(frame, number);
      if (answered) socket.send(JSON.stringify({ ref: frame.ref, ...answered }));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    sockets.close();
    for (const socket of sockets.clients) socket.terminate();
    http.close();
  });
  return {
    endpoint: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/dev`,
    upgrades,
    frames,
    /** Sends to the newest connection. */
    send: (frame: object) => connections.at(-1)?.send(JSON.stringify(frame)),
    /** Ends the newest connection without a close frame. */
    cut: () => connections.at(-1)?.terminate(),
  };
};

/** An empty room that acks everything with number 1. */
export const usual = ({ message, room }: Frame): object | undefined => {
  if (message === "join") return { type: "joined", room, epoch: "e1", seq: 0 };
  if (message === "leave") return { type: "left", room };
  if (message === "ping") return { type: "pong", rooms: { lobby: { epoch: "e1", seq: 0 } } };
  return { type: "ack", room, id: "01", seq: 1, received: Date.UTC(2026, 0, 1) };
};

/** A message from Bob. */
export const message = (seq: number, data: unknown, room = "lobby") => ({
  type: "message",
  room,
  id: `01${seq}`,
  seq,
  from: { id: "guest-b", name: "bob" },
  data,
  received: Date.UTC(2026, 0, 1),
});
