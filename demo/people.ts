import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { connect } from "../client/index.ts";
import { PHRASES, ROOMS } from "./rooms.ts";

/** How long somebody is silent between two messages, on average: with 200 people, about a message a second. */
const SILENT_MS = 180_000;
/** Often, so that whom a fault has put out of a room is soon in it again. */
const PING_EVERY_MS = 15_000;
/** Between two arrivals: all of them within 15 seconds. */
const ARRIVING_MS = 75;

/** WebSockets without compression, as API Gateway has none. */
class PlainWebSocket extends WebSocket {
  constructor(url: string, protocols: string[]) {
    super(url, protocols, { perMessageDeflate: false });
  }
}

/**
 * Simulated people, each with the client library: they arrive one after the other, and then say something now and then.
 * @returns what has them all leave
 */
export const startPeople = (endpoint: string, random: () => number = Math.random): (() => Promise<void>) => {
  const leaving = new AbortController();
  const { signal } = leaving;
  const live = async (name: string, room: string, arrivesMs: number): Promise<void> => {
    await sleep(arrivesMs, undefined, { signal });
    const chat = connect(endpoint, { name, signal, pingEvery: PING_EVERY_MS, WebSocket: PlainWebSocket });
    const joined = chat.join(room);
    for (;;) {
      // Silences of people who talk independently of each other.
      await sleep(-Math.log(1 - random()) * SILENT_MS, undefined, { signal });
      // A refusal is part of the story, and no reason to go: the next thing is said all the same.
      await joined.publish(PHRASES[Math.floor(random() * PHRASES.length)]).catch(() => undefined);
    }
  };
  const people = ROOMS.flatMap(({ name: room, people: count }) =>
    Array.from({ length: count }, (_, index) => ({ room, name: `${room} ${index + 1}` })),
  );
  const lives = people.map(({ name, room }, index) => live(name, room, index * ARRIVING_MS));
  return async () => {
    leaving.abort();
    await Promise.allSettled(lives);
  };
};
