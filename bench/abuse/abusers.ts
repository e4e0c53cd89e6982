import { setTimeout as sleep } from "node:timers/promises";
import type { WebSocket } from "ws";
import { createDraw } from "../fuzz/draw.ts";
import { hostileFrame } from "../fuzz/frames.ts";
import { openSocket } from "../socket.ts";

export interface Abuse {
  readonly endpoint: string;
  /** The rooms that are abused, and the one that nobody of them is in. */
  readonly rooms: readonly string[];
  readonly other: string;
  /** Of each kind, in each room. */
  readonly abusers: number;
  /** Frames a second that each of those who flood sends. */
  readonly rate: number;
  readonly seconds: number;
  readonly seed: number;
}

/** What the abusers sent, and what they had of it. */
export interface Abused {
  readonly framesSent: number;
  readonly acked: number;
  /** By Roomcast, one frame too many. */
  readonly rateLimited: number;
  /** By API Gateway, whose stage takes no more. */
  readonly tooMany: number;
  readonly otherAnswers: number;
  /** Connections that were ended, each of which was made again at once. */
  readonly cut: number;
  /** Connections that were refused. */
  readonly refused: number;
  /** Frames to the room that they are not in which were taken. */
  readonly intruded: number;
}

/** Frames that wait in the abuser's own socket, in bytes: more would only fill its memory. */
const AHEAD_BYTES = 256_000;
const EVERY_MS = 50;
const REFUSED_PAUSE_MS = 100;

/** What an abuser sends, frame after frame. */
type Sends = (n: number) => string;

/**
 * Abuses rooms in three ways: floods of frames that are right, small and large; frames that are forged, into another
 * room too; and members that never read. Whoever is cut is back at once.
 */
export const abuse = async ({ endpoint, rooms, other, abusers, rate, seconds, seed }: Abuse): Promise<Abused> => {
  const seen = {
    framesSent: 0,
    acked: 0,
    rateLimited: 0,
    tooMany: 0,
    otherAnswers: 0,
    cut: 0,
    refused: 0,
    intruded: 0,
  };
  const until = performance.now() + seconds * 1000;
  const going = () => performance.now() < until;

  const hear = (text: string) => {
    const { type, code, room, message } = JSON.parse(text);
    if (type === "ack") seen.acked++;
    if (type === "ack" && room === other) seen.intruded++;
    else if (code === "RATE_LIMITED") seen.rateLimited++;
    else if (message === "Too Many Requests") seen.tooMany++;
    else if (type !== "ack" && type !== "message" && type !== "presence") seen.otherAnswers++;
  };
  const enter = async (room: string): Promise<WebSocket | undefined> => {
    try {
      const socket = await openSocket(`${endpoint}?room=${encodeURIComponent(room)}`);
      socket.on("close", () => going() && seen.cut++);
      return socket;
    } catch {
      seen.refused++;
      await sleep(REFUSED_PAUSE_MS);
      return undefined;
    }
  };
  const flood = async (room: string, sends: Sends) => {
    for (let n = 0; going(); ) {
      const socket = await enter(room);
      socket?.on("message", (data) => hear(String(data)));
      while (socket?.readyState === 1 && going()) {
        const frames = Math.ceil((rate * EVERY_MS) / 1000);
        for (let frame = 0; frame < frames && socket.bufferedAmount < AHEAD_BYTES; frame++) {
          socket.send(sends(n++));
          seen.framesSent++;
        }
        await sleep(EVERY_MS);
      }
      socket?.terminate();
    }
  };
  const neverRead = async (room: string) => {
    while (going()) {
      const socket = await enter(room);
      socket?.pause();
      while (socket?.readyState === 1 && going()) await sleep(100);
      socket?.terminate();
    }
  };

  const ways = rooms.flatMap((room, index) =>
    Array.from({ length: abusers }, (_, each) => [
      flood(room, (n) => publishOf(room, `flood ${n}`)),
      flood(room, () => publishOf(room, LARGE)),
      flood(room, (n) => forged(room, other, seed + index * abusers + each, n)),
      neverRead(room),
    ]).flat(),
  );
  await Promise.all(ways);
  return seen;
};

const LARGE = "x".repeat(20_000);

const publishOf = (room: string, data: string) => JSON.stringify({ message: "publish", room, data });

/** Somebody else's words, another's room, another's connection, or nothing that has a meaning. */
const forged = (room: string, other: string, seed: number, n: number): string => {
  const draw = createDraw(seed, n);
  const from = { id: "admin", name: "Admin" };
  return draw.oneOf([
    () => JSON.stringify({ message: "publish", room: other, data: "forged", from }),
    () => JSON.stringify({ message: "history", room: other, after: 0 }),
    () => JSON.stringify({ message: "publish", room, data: "forged", from, seq: 1, connectionId: "AAAAAAAAAAAAAAA=" }),
    () => hostileFrame(draw),
  ])();
};
