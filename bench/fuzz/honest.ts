import { setTimeout as sleep } from "node:timers/promises";
import { type Chat, connect, type Room } from "../../client/index.ts";

/** What the honest clients had of the service. */
export interface Served {
  readonly clients: number;
  /** Messages, each acked and come to the other. */
  readonly messages: number;
  /** From the publish to the other's application having it. */
  readonly tripMs: readonly number[];
  /** What went wrong, each with its client. */
  readonly failures: readonly string[];
}

/** As long as a message may take: publishing again after a lost answer included. */
const PATIENCE_MS = 30_000;
/** A client is a person, though a quick one: it is not to be the load. */
const PAUSE_MS = 500;

/**
 * Clients that do nothing wrong, two to a room, each with a message in flight all the time, on the client library.
 * @returns ends them, once each has had its last message through
 */
export const startHonest = async (endpoint: string, rooms: number): Promise<{ stop(): Promise<Served> }> => {
  const tripMs: number[] = [];
  const failures: string[] = [];
  let stopping = false;

  /** Publishes to the other one and waits until it has that, again and again. */
  const talk = async (name: string, from: Room, to: Room) => {
    const heard = new Map<string, number>();
    const waiting = new Map<string, () => void>();
    to.on("message", ({ data }) => {
      const text = String(data);
      if (!text.startsWith(`${name} `)) return;
      heard.set(text, (heard.get(text) ?? 0) + 1);
      waiting.get(text)?.();
    });
    for (let n = 1; !stopping; n++) {
      const text = `${name} ${n}`;
      const came = new Promise<void>((resolve) => waiting.set(text, resolve));
      const began = performance.now();
      try {
        await within(Promise.all([from.publish(text), came]));
        tripMs.push(performance.now() - began);
      } catch (error) {
        failures.push(`${text}: ${(error as Error).message}`);
      }
      waiting.delete(text);
      await sleep(PAUSE_MS);
    }
    const twice = [...heard.values()].filter((times) => times > 1).length;
    if (twice > 0) failures.push(`${name}: ${twice} of its messages came more than once`);
  };

  const chats: Chat[] = [];
  const talks: Promise<void>[] = [];
  for (let n = 1; n <= rooms; n++) {
    const [ann, bob] = ["ann", "bob"].map((name) => {
      const chat = connect(endpoint, { name });
      chats.push(chat);
      return chat.join(`honest ${n}`);
    }) as [Room, Room];
    while (!ann.position || !bob.position) await sleep(50);
    talks.push(talk(`ann of room ${n}`, ann, bob), talk(`bob of room ${n}`, bob, ann));
  }
  return {
    stop: async () => {
      stopping = true;
      await Promise.all(talks);
      await Promise.all(chats.map((chat) => chat.close()));
      return { clients: chats.length, messages: tripMs.length, tripMs, failures };
    },
  };
};

/** @throws Error when it takes too long */
const within = async (work: Promise<unknown>): Promise<void> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not served within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
