import { setTimeout as sleep } from "node:timers/promises";
import type { WebSocket } from "ws";
import { openSocket } from "./socket.ts";
import { inTurns, untilItWorks } from "./turns.ts";

/** One message and who has got it. Milliseconds count from the moment its frame was sent. */
export interface Heard {
  readonly room: string;
  /** Everyone in the room but its publisher. */
  readonly recipients: number;
  readonly ackMs: number;
  /** When it came to each recipient that has it, in no order. */
  readonly arrivedMs: readonly number[];
}

/** A round: one message in each of some rooms. */
export interface Round {
  readonly rooms: readonly string[];
  readonly data: string;
  /** How long nothing may arrive anywhere before what is missing is called lost, in milliseconds. */
  readonly patienceMs: number;
}

/** What was heard in a round. */
export interface RoundHeard {
  readonly heard: readonly Heard[];
  /** From the first frame sent to the last delivery, in milliseconds. */
  readonly spanMs: number;
}

/** Open sockets, each a member of rooms. */
export interface Crowd {
  readonly connectsPerSecond: number;
  /**
   * The first member of each room publishes, and everyone else in it is waited for.
   * @throws Error with the answer where a message is not taken
   */
  publish(round: Round): Promise<RoundHeard>;
  /** Deliveries that came to a socket again. */
  repeats(): number;
  close(): void;
}

/** Upgrades under way at once: API Gateway takes 500 new connections a second. */
const CONNECTING = 32;
/** Publishes that wait for their ack at once: what lies longer than 29 s before a function is given up by API Gateway. */
const PUBLISHING = 64;

/**
 * Opens a socket for each member, and waits until the joins have no more to tell.
 * @param members the rooms of each: it connects into the first, and joins the others
 * @param atRestMs how long no frame has to come until then, in milliseconds
 * @param tries how often a connection, a join or a publish is tried: of a server that is too busy all may be asked again
 * @throws Error where a connection or a join is refused
 */
export const openCrowd = async (
  endpoint: string,
  members: readonly (readonly string[])[],
  { atRestMs, tries }: { readonly atRestMs: number; readonly tries: number },
): Promise<Crowd> => {
  const inRoom = membersByRoom(members);
  const sockets: WebSocket[] = [];
  const arrivals = new Map<string, Map<number, number>>();
  const questions = members.map(() => new Map<string, Question>());
  let lastArrival = 0;
  let lastFrame = 0;
  let repeats = 0;
  let published = 0;

  const arrivalsOf = (room: string, seq: number) => {
    const key = `${seq} ${room}`;
    const known = arrivals.get(key) ?? new Map<number, number>();
    arrivals.set(key, known);
    return known;
  };
  const hear = (member: number, text: string) => {
    const frame = JSON.parse(text);
    lastFrame = performance.now();
    if (frame.type === "message") {
      const heard = arrivalsOf(frame.room, frame.seq);
      lastArrival = lastFrame;
      if (heard.has(member)) repeats++;
      else heard.set(member, lastArrival);
    } else if (frame.type === "ack" || frame.type === "joined") {
      questions[member]?.get(`${frame.type} ${frame.room}`)?.resolve(frame);
      // An error, or API Gateway's own answer, which has no type.
    } else if (frame.type === "error" || frame.type === undefined)
      for (const { reject } of questions[member]?.values() ?? []) reject(new Error(`A message was not taken: ${text}`));
  };
  const askOnce = async (member: number, answer: Answer["type"], frame: Request): Promise<Answer> => {
    const { promise, ...question } = Promise.withResolvers<Answer>();
    const key = `${answer} ${frame.room}`;
    questions[member]?.set(key, question);
    sockets[member]?.send(JSON.stringify(frame));
    try {
      return await promise;
    } finally {
      questions[member]?.delete(key);
    }
  };
  const ask = (member: number, answer: Answer["type"], frame: Request) =>
    untilItWorks(tries, () => askOnce(member, answer, frame));
  const enter = async (member: number) => {
    const [first = "", ...others] = members[member] ?? [];
    const url = `${endpoint}?room=${encodeURIComponent(first)}`;
    const socket = await untilItWorks(tries, () => openSocket(url));
    sockets[member] = socket;
    socket.on("message", (data) => hear(member, String(data)));
    socket.on("close", () => {
      for (const { reject } of questions[member]?.values() ?? []) reject(new Error("The connection was closed"));
    });
    for (const room of others) await ask(member, "joined", { message: "join", room });
  };

  const connecting = performance.now();
  await inTurns(members.length, CONNECTING, enter);
  const connectsPerSecond = members.length / ((performance.now() - connecting) / 1000);

  lastFrame = performance.now();
  while (performance.now() - lastFrame < atRestMs) await sleep(50);

  return {
    connectsPerSecond: Math.round(connectsPerSecond),
    async publish({ rooms, data, patienceMs }) {
      const began = performance.now();
      lastArrival = began;
      const waiting: (Omit<Heard, "arrivedMs"> & { start: number; arrived: Map<number, number> })[] = [];
      await inTurns(rooms.length, PUBLISHING, async (index) => {
        const room = rooms[index] ?? "";
        const [publisher = 0, ...others] = inRoom.get(room) ?? [];
        const start = performance.now();
        const { seq } = await ask(publisher, "ack", { message: "publish", room, data, ref: `${++published}` });
        const ackMs = performance.now() - start;
        lastArrival = performance.now();
        waiting.push({ room, recipients: others.length, start, ackMs, arrived: arrivalsOf(room, seq) });
      });
      const incomplete = () => waiting.some(({ recipients, arrived }) => arrived.size < recipients);
      // What the loop adds is no part of the figures: they are the arrivals' own times.
      while (incomplete() && performance.now() - lastArrival < patienceMs) await sleep(5);
      const all = waiting.flatMap(({ arrived }) => [...arrived.values()]);
      const heard = waiting.map(({ start, arrived, ...rest }) => ({
        ...rest,
        arrivedMs: [...arrived.values()].map((at) => at - start),
      }));
      return { heard, spanMs: all.reduce((last, at) => Math.max(last, at), began) - began };
    },
    repeats: () => repeats,
    close() {
      for (const socket of sockets) socket.terminate();
    },
  };
};

interface Request {
  readonly message: "join" | "publish";
  readonly room: string;
  readonly data?: string;
  readonly ref?: string;
}

interface Answer {
  readonly type: "ack" | "joined";
  readonly seq: number;
}

interface Question {
  resolve(answer: Answer): void;
  reject(reason: Error): void;
}

const membersByRoom = (members: readonly (readonly string[])[]): ReadonlyMap<string, readonly number[]> => {
  const byRoom = new Map<string, number[]>();
  for (const [member, rooms] of members.entries())
    for (const room of rooms) {
      const known = byRoom.get(room);
      if (known) known.push(member);
      else byRoom.set(room, [member]);
    }
  return byRoom;
};
