import { setTimeout as sleep } from "node:timers/promises";
import type { WebSocket } from "ws";
import { openSocket } from "./socket.ts";
import { quantile } from "./statistics.ts";

export interface Load {
  readonly endpoint: string;
  /** Sockets that listen; one more publishes. */
  readonly members: number;
  /** One after the other: the next is published when everyone has the one before. */
  readonly messages: number;
  readonly room: string;
  /** How long nothing may arrive before what is missing is called lost, in milliseconds. */
  readonly patienceMs: number;
}

/** What the load saw. Milliseconds count from the moment a message was published. */
export interface Seen {
  readonly connectsPerSecond: number;
  readonly deliveries: number;
  readonly missing: number;
  readonly repeats: number;
  readonly deliveriesPerSecond: number;
  readonly ackMs: { readonly median: number; readonly p99: number };
  readonly deliveryMs: { readonly median: number; readonly p99: number };
  readonly lastMs: { readonly median: number; readonly p99: number };
}

/** Upgrades under way at once: API Gateway takes 500 new connections a second. */
const CONNECTING = 32;

/** Fills a room, publishes to it and counts what every member gets. */
export const loadRoom = async ({ endpoint, members, messages, room, patienceMs }: Load): Promise<Seen> => {
  const url = `${endpoint}?room=${encodeURIComponent(room)}`;
  const arrivals = new Map<string, number>();
  let repeats = 0;
  let lastArrival = 0;
  const listen = async (member: number) => {
    const socket = await openSocket(url);
    socket.on("message", (data) => {
      const { type, seq } = JSON.parse(String(data));
      if (type !== "message") return;
      const key = `${member}/${seq}`;
      lastArrival = performance.now();
      if (arrivals.has(key)) repeats++;
      else arrivals.set(key, lastArrival);
    });
    return socket;
  };

  const connecting = performance.now();
  const sockets: WebSocket[] = [];
  let next = 0;
  const worker = async () => {
    while (next < members) sockets.push(await listen(next++));
  };
  await Promise.all(Array.from({ length: CONNECTING }, worker));
  const connectsPerSecond = members / ((performance.now() - connecting) / 1000);
  const publisher = await openSocket(url);

  const ackMs: number[] = [];
  const deliveryMs: number[] = [];
  const lastMs: number[] = [];
  for (let sent = 1; sent <= messages; sent++) {
    const start = performance.now();
    lastArrival = start;
    const { seq } = await publish(publisher, room, `message ${sent}`);
    ackMs.push(performance.now() - start);
    // What the loop adds is no part of the figures: they are the arrivals' own times.
    while (arrivals.size < sent * members && performance.now() - lastArrival < patienceMs) await sleep(5);
    const times = Array.from({ length: members }, (_, member) => arrivals.get(`${member}/${seq}`));
    const arrived = times.filter((time) => time !== undefined).map((time) => time - start);
    deliveryMs.push(...arrived);
    lastMs.push(Math.max(0, ...arrived));
    if (arrived.length < members) break;
  }
  for (const socket of [...sockets, publisher]) socket.terminate();
  const busyS = lastMs.reduce((sum, ms) => sum + ms, 0) / 1000;
  return {
    connectsPerSecond: Math.round(connectsPerSecond),
    deliveries: arrivals.size,
    missing: members * messages - arrivals.size,
    repeats,
    deliveriesPerSecond: busyS > 0 ? Math.round(arrivals.size / busyS) : 0,
    ackMs: spread(ackMs),
    deliveryMs: spread(deliveryMs),
    lastMs: spread(lastMs),
  };
};

const spread = (values: readonly number[]) => ({
  median: Math.round(quantile(values, 0.5)),
  p99: Math.round(quantile(values, 0.99)),
});

/** Publishes and waits for the ack. @throws Error with the refusal */
const publish = (socket: WebSocket, room: string, data: string): Promise<{ seq: number }> =>
  new Promise((resolve, reject) => {
    const closed = () => reject(new Error("The publisher's connection was closed"));
    socket.once("close", closed);
    socket.on("message", function hear(text) {
      const answer = JSON.parse(String(text));
      // A room that is still small is told who joins.
      if (answer.type === "presence") return;
      socket.off("close", closed).off("message", hear);
      if (answer.type === "ack") resolve(answer);
      else reject(new Error(`A message was not taken: ${text}`));
    });
    socket.send(JSON.stringify({ message: "publish", room, data }));
  });
