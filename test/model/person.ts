import {
  type Chat,
  connect,
  type Message,
  type Missed,
  type Room,
  type WebSocketConstructor,
} from "../../client/index.ts";
import type { Author } from "../../functions/protocol/answers.ts";
import { type ComputerNeeds, createComputer } from "./computer.ts";

/** A room from `join` to `leave`, and what the application was told there. */
export interface Stay {
  readonly room: Room;
  /** Where the messages begin: the head with which the room was joined first. */
  since: number | undefined;
  readonly given: (Message & { readonly at: number })[];
  readonly missed: Missed[];
  readonly published: Published[];
}

/** A call of `publish`. */
export interface Published {
  readonly data: string;
  outcome: "waiting" | { readonly id: string; readonly seq: number } | { readonly code: string };
}

export const PING_EVERY_MS = 20_000;

/** Somebody with an application that uses the client library. */
export const createPerson = (needs: ComputerNeeds, author: Author) => {
  const computer = createComputer(needs, author);
  const stays: Stay[] = [];
  let published = 0;
  const chat: Chat = connect("wss://roomcast/model", {
    name: author.name,
    secret: author.id.padEnd(22, "-"),
    pingEvery: PING_EVERY_MS,
    WebSocket: computer.WebSocket as unknown as WebSocketConstructor,
    needs: { clock: computer.clock, random: () => needs.weather.between(0, 1, `${author.name} client`) },
  });
  /** Joins a room, unless it is joined. */
  const join = (name: string): Stay => {
    const known = stays.findLast(({ room }) => room.name === name && room.state !== "left");
    if (known) return known;
    const room = chat.join(name);
    const stay: Stay = { room, since: undefined, given: [], missed: [], published: [] };
    stays.push(stay);
    room.on("message", (message) => stay.given.push({ ...message, at: needs.time.now() }));
    room.on("missed", (missed) => stay.missed.push(missed));
    room.on("state", ({ state }) => {
      // Told while the answer to `join` is taken in.
      if (state === "joined") stay.since ??= JSON.parse(computer.newest).seq;
    });
    return stay;
  };

  return {
    author,
    stays: stays as readonly Stay[],
    sleep: computer.sleep,
    wake: computer.wake,
    join,
    leave: (name: string) => void join(name).room.leave(),
    /** Publishes in a room. */
    publish: (name: string, times: number) => {
      const stay = join(name);
      for (let time = 0; time < times; time++) {
        const call: Published = { data: `${author.name} in ${name} ${++published}`, outcome: "waiting" };
        stay.published.push(call);
        stay.room.publish(call.data).then(
          ({ id, seq }) => (call.outcome = { id, seq }),
          ({ code }) => (call.outcome = { code }),
        );
      }
    },
    close: () => chat.close(),
  };
};

export type Person = ReturnType<typeof createPerson>;
