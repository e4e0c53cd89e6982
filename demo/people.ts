import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { inTurns } from "../bench/turns.ts";
import { connect, type Room } from "../client/index.ts";
import { PHRASES, ROOMS } from "./rooms.ts";

/** How long somebody is silent between two messages, on average: with 200 people, about a message a second. */
const SILENT_MS = 180_000;
/** More often than usual, so that whom a fault has put out of a room is soon in it again. */
const PING_EVERY_MS = 60_000;
/** So many arrive at once: each joins before the next one comes, however fast the machine is. */
const ARRIVING = 4;

/** WebSockets without compression, as API Gateway has none. */
class PlainWebSocket extends WebSocket {
  constructor(url: string, protocols: string[]) {
    super(url, protocols, { perMessageDeflate: false });
  }
}

/**
 * Simulated people, each with the client library: they come one after the other, and then say something now and then.
 * @returns what has them all leave
 */
export const startPeople = (
  endpoint: string,
  rooms: typeof ROOMS = ROOMS,
  random: () => number = Math.random,
): (() => Promise<void>) => {
  const leaving = new AbortController();
  const { signal } = leaving;
  const talks: Promise<void>[] = [];
  const talk = async (room: Room) => {
    while (!signal.aborted) {
      // Silences of people who talk independently of each other.
      await sleep(-Math.log(1 - random()) * SILENT_MS, undefined, { signal });
      // A refusal is part of the story, and no reason to go: the next thing is said all the same.
      await room.publish(PHRASES[Math.floor(random() * PHRASES.length)]).catch(() => undefined);
    }
  };
  const come = async (room: string, name: string) => {
    if (signal.aborted) return;
    const chat = connect(endpoint, { name, signal, pingEvery: PING_EVERY_MS, WebSocket: PlainWebSocket });
    const joined = chat.join(room);
    // No longer joining: in the room, or told to leave.
    await new Promise<void>((resolve) => joined.on("state", ({ state }) => state !== "joining" && resolve()));
    talks.push(talk(joined));
  };
  const everyone = rooms.flatMap(({ name: room, people }) =>
    Array.from({ length: people }, (_, index) => () => come(room, `${room} ${index + 1}`)),
  );
  const arriving = inTurns(everyone.length, ARRIVING, async (index) => everyone[index]?.());
  return async () => {
    leaving.abort();
    await arriving;
    await Promise.allSettled(talks);
  };
};
