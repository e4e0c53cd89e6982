import {
  type Chat,
  connect,
  type Message,
  type Missed,
  type Position,
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

const PING_EVERY_MS = 20_000;
/** Why a call is given up. */
export const IMPATIENT = { code: "IMPATIENT" };

/** Somebody with an application that uses the client library. */
export const createPerson = (needs: ComputerNeeds, author: Author) => {
  const computer = createComputer(needs, author);
  const stays: Stay[] = [];
  let published = 0;
  const start = (): Chat =>
    connect("wss://roomcast/model", {
      name: author.name,
      secret: author.id.padEnd(22, "-"),
      pingEvery: PING_EVERY_MS,
      WebSocket: computer.WebSocket as unknown as WebSocketConstructor,
      needs: { clock: computer.clock, random: () => needs.weather.between(0, 1, `${author.name} client`) },
    });
  let chat = start();

  const current = () => stays.filter(({ room }) => room.state !== "left");
  const enter = (name: string, after: Position | undefined): Stay => {
    const room = chat.join(name, after && { after });
    const stay: Stay = { room, since: after?.seq, given: [], missed: [], published: [] };
    stays.push(stay);
    room.on("message", (message) => stay.given.push({ ...message, at: needs.time.now() }));
    room.on("missed", (missed) => stay.missed.push(missed));
    room.on("state", ({ state }) => {
      // Told while the answer to `join` is taken in.
      if (state === "joined") stay.since ??= JSON.parse(computer.newest).seq;
    });
    return stay;
  };
  /** Joins a room, unless it is joined. */
  const join = (name: string): Stay => current().find(({ room }) => room.name === name) ?? enter(name, undefined);

  return {
    author,
    stays: stays as readonly Stay[],
    sleep: computer.sleep,
    wake: computer.wake,
    join,
    leave: (name: string) => void join(name).room.leave(),
    /** Publishes in a room. @param patience for how many milliseconds */
    publish: (name: string, times: number, patience = Number.POSITIVE_INFINITY) => {
      const stay = join(name);
      for (let time = 0; time < times; time++) {
        const call: Published = { data: `${author.name} in ${name} ${++published}`, outcome: "waiting" };
        stay.published.push(call);
        const impatience = new AbortController();
        if (patience < Number.POSITIVE_INFINITY) computer.clock.after(patience, () => impatience.abort(IMPATIENT));
        stay.room.publish(call.data, impatience).then(
          ({ id, seq }) => (call.outcome = { id, seq }),
          ({ code }) => (call.outcome = { code }),
        );
      }
    },
    /** Ends the application and starts it anew, which goes on where it was. */
    restart: () => {
      const left = current().map(({ room }) => ({ name: room.name, position: room.position }));
      void chat.close();
      chat = start();
      for (const { name, position } of left) enter(name, position);
    },
    close: () => chat.close(),
  };
};

export type Person = ReturnType<typeof createPerson>;
