import { randomUUID } from "node:crypto";
import { once } from "node:events";
import * as v from "valibot";
import { WebSocket } from "ws";
import { late } from "./patience.ts";

const Ack = v.object({ type: v.literal("ack"), id: v.string(), seq: v.number(), received: v.number() });
type Ack = v.InferOutput<typeof Ack>;

/** A frame from the server: a JSON object of any fields. */
type Received = Readonly<Record<string, unknown>>;
const Received = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown()));

/** Somebody who is connected. Everything that is waited for is waited for with patience, and an error names it. */
interface Person {
  send(frame: unknown): void;
  /** The next frame that is like this. */
  next(like: Received): Promise<Received>;
  /** Sends a frame with a `ref` of its own, and waits for the answer to it. */
  ask(frame: Received): Promise<Received>;
  /** Publishes to a room. @throws Error with the answer where it is no ack */
  publish(room: string, data: unknown): Promise<Ack>;
  /** The messages that have come and that nobody has waited for. */
  overheard(): readonly Received[];
  /** Ends with a close frame. */
  close(): Promise<void>;
}

/** Connects somebody; without a room in the query, to none. */
export type Connect = (query?: Readonly<Record<string, string>>) => Promise<Person>;

/** A room that is nobody else's. */
export const newRoom = (): string => `verify-${randomUUID()}`;

/**
 * Who connects here, and a way to end all that are still connected.
 * @param endpoint for example `wss://{api}/{stage}`
 * @param patienceMs how long each answer is waited for
 */
export const createPeople = (endpoint: string, patienceMs: number) => {
  const sockets = new Set<WebSocket>();

  const connect: Connect = async (query = {}) => {
    const socket = new WebSocket(`${endpoint}?${new URLSearchParams(query)}`, { handshakeTimeout: patienceMs });
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    const unread: Received[] = [];
    const waiting = new Set<() => void>();
    socket.on("message", (data) => {
      const read = v.safeParse(Received, String(data));
      unread.push(read.success ? read.output : { unreadable: String(data) });
      for (const look of waiting) look();
    });
    await once(socket, "open");
    // A connection that breaks is closed next, and what is waited for does not come.
    socket.on("error", () => {});

    const next = (like: Received) =>
      new Promise<Received>((resolve, reject) => {
        const giveUp = setTimeout(() => {
          waiting.delete(look);
          reject(late(`A frame like ${JSON.stringify(like)}`, patienceMs));
        }, patienceMs);
        const look = () => {
          const index = unread.findIndex((frame) => isLike(frame, like));
          if (index < 0) return;
          clearTimeout(giveUp);
          waiting.delete(look);
          resolve(unread.splice(index, 1)[0] ?? {});
        };
        waiting.add(look);
        look();
      });
    const send = (frame: unknown) => socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
    const ask = (frame: Received) => {
      const ref = randomUUID();
      send({ ...frame, ref });
      return next({ ref });
    };
    return {
      send,
      next,
      ask,
      publish: async (room, data) => {
        const answer = await ask({ message: "publish", room, data });
        if (v.is(Ack, answer)) return v.parse(Ack, answer);
        throw new Error(`A message got no ack but ${JSON.stringify(answer)}`);
      },
      overheard: () => unread.filter(({ type }) => type === "message"),
      close: async () => {
        if (socket.readyState === WebSocket.CLOSED) return;
        const closed = once(socket, "close");
        socket.close();
        await closed;
      },
    };
  };

  return {
    connect,
    end: () => {
      for (const socket of sockets) socket.terminate();
    },
  };
};

const isLike = (frame: Received, like: Received) => Object.entries(like).every(([key, value]) => frame[key] === value);
