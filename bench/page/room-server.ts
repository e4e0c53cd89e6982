import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setInterval as every } from "node:timers/promises";
import { WebSocketServer } from "ws";

/** So many messages, so many of them a second. */
export interface Flow {
  readonly messages: number;
  readonly perSecond: number;
}

const EPOCH = "bench";
const PEOPLE = ["Mika", "Jonas", "Amara", "Leo", "Priya"].map((name) => ({ id: `guest-${name}`, name }));
const WORDS = "It goes on like this, for a line or two as people write them, and now and then for a little more. ";
const TICK_MS = 10;

/** What stands under a number: of many lengths, by several people, and the same each time. */
const messageAt = (room: string, seq: number, received: number) => ({
  id: `01-${seq}`,
  seq,
  room,
  from: PEOPLE[seq % PEOPLE.length],
  data: `message ${seq}. ${WORDS.repeat(2).slice(0, (seq * 37) % 190)}`,
  received,
});

/**
 * A server of the protocol with one room, which says as much as it is told to and costs as little as possible. It keeps
 * nothing: each message is made of its number.
 */
export const startRoomServer = async () => {
  const http = createServer();
  const sockets = new WebSocketServer({
    server: http,
    perMessageDeflate: false,
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  const begun = Date.now();
  let head = 200;

  const answerTo = ({ message, room, after = 0, limit = 100 }: Asked): object | undefined => {
    const numbers = (from: number, to: number) =>
      Array.from({ length: Math.max(0, to - from + 1) }, (_, n) => from + n);
    if (message === "join") return { type: "joined", room, epoch: EPOCH, seq: head };
    if (message === "ping") return { type: "pong", rooms: {} };
    if (message === "members") return { type: "members", room, count: PEOPLE.length, members: PEOPLE };
    if (message !== "history") return undefined;
    const messages = numbers(after + 1, Math.min(head, after + limit)).map((seq) => messageAt(room, seq, begun));
    return { type: "history", room, epoch: EPOCH, messages, skipped: [], head, recovered: true };
  };
  sockets.on("connection", (socket) => {
    socket.on("message", (data) => {
      const asked: Asked = JSON.parse(String(data));
      const answer = answerTo(asked);
      if (answer) socket.send(JSON.stringify({ ref: asked.ref, ...answer }));
    });
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");

  const say = (room: string) => {
    head++;
    const frame = JSON.stringify({ type: "message", ...messageAt(room, head, Date.now()) });
    for (const socket of sockets.clients) socket.send(frame);
  };
  return {
    endpoint: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/dev`,
    /** Says so much in a room, evenly. Resolves with the number of the last message. */
    flow: async (room: string, { messages, perSecond }: Flow): Promise<number> => {
      const started = performance.now();
      let said = 0;
      for await (const _ of every(TICK_MS)) {
        const due = Math.min(messages, ((performance.now() - started) / 1000) * perSecond);
        for (; said < due; said++) say(room);
        if (said >= messages) break;
      }
      return head;
    },
    stop: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      http.close();
    },
  };
};

interface Asked {
  readonly message: string;
  readonly room: string;
  readonly ref: string;
  readonly after?: number;
  readonly limit?: number;
}
