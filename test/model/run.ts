import type { Message } from "../../client/index.ts";
import { createPerson, type Person } from "./person.ts";
import { lateInStay, wrongInRooms, wrongInStay } from "./properties.ts";
import { connectRaw } from "./raw-sockets.ts";
import { createRoomcast, type Roomcast } from "./roomcast.ts";
import { ROOMS, type Story } from "./stories.ts";
import { createVirtualTime } from "./virtual-time.ts";
import type { Weather } from "./weather.ts";

/** What came of a story, the first two as sentences. */
interface Outcome {
  readonly wrong: readonly string[];
  readonly late: readonly string[];
  /** What the routes answered, and what the applications were given, by name. */
  readonly told: Roomcast["told"];
  readonly given: (name: string) => readonly Message[];
}

/** Some intervals of pings: within them everybody finds out what they have missed. */
const CALM_MS = 5 * 60_000;

/** Lets a story happen, then fair weather for some minutes, and looks what is wrong. */
export const tell = async ({ names, rates, commands }: Story, weather: Weather): Promise<Outcome> => {
  const time = createVirtualTime();
  const roomcast = createRoomcast(time, weather);
  const sockets = [1, 2].map(() => connectRaw(roomcast, { id: "guest-raw", name: "raw" }, ROOMS));
  const reader = connectRaw(roomcast, { id: "guest-reader", name: "reader" }, ROOMS);
  const people = new Map<string, Person>();
  const person = (name: string): Person => {
    const known =
      people.get(name) ??
      createPerson(
        { time, weather, connect: roomcast.connect },
        { id: name === "phone" ? "guest-ann" : `guest-${name}`, name },
      );
    people.set(name, known);
    return known;
  };
  await time.pass(1_000);
  weather.change(rates);
  for (const name of names) person(name).join(ROOMS[0]);

  let sent = 0;
  for (const command of commands) {
    await time.pass(command.after);
    switch (command.does) {
      case "join":
        person(command.who).join(command.room);
        break;
      case "leave":
        person(command.who).leave(command.room);
        break;
      case "publish":
        person(command.who).publish(command.room, command.times);
        break;
      case "publish impatiently":
        person(command.who).publish(command.room, 1, command.patience);
        break;
      case "restart":
        person(command.who).restart();
        break;
      case "sleep":
        person(command.who).sleep();
        break;
      case "wake":
        person(command.who).wake();
        break;
      case "cut":
        roomcast.cut(command.who);
        break;
      case "kill":
        roomcast.kill(command.who, command.dead);
        break;
      case "publish twice": {
        const ref = `${command.room} ${command.ref}`;
        const frame = { message: "publish", room: command.room, data: `raw in ${ref} ${command.data}`, ref };
        sockets[0]!.send(frame);
        time.after(command.apart, () => sockets[1]!.send(frame));
        break;
      }
      case "publish without a ref":
        sockets[0]!.send({
          message: "publish",
          room: command.room,
          data: `raw in ${command.room} without a ref ${++sent}`,
        });
        break;
      case "read history":
        reader.send({ message: "history", room: command.room, after: command.from, limit: command.limit, ref: "h" });
        break;
      case "weather":
        weather.change(command.rates);
        break;
    }
  }

  weather.change({});
  for (const someone of people.values()) someone.wake();
  await time.pass(CALM_MS);
  const stays = [...people.values()].flatMap(({ author, stays }) => stays.map((stay) => ({ stay, who: author.name })));
  const wrong = [
    ...wrongInRooms(roomcast, ROOMS),
    ...stays.flatMap(({ stay, who }) => wrongInStay(stay, who, roomcast.messagesOf(stay.room.name))),
  ];
  for (const someone of people.values()) void someone.close();
  await time.pass(5_000);
  return {
    wrong,
    late: stays.flatMap(({ stay, who }) => lateInStay(stay, who)),
    told: roomcast.told,
    given: (name) => people.get(name)?.stays.flatMap(({ given }) => given) ?? [],
  };
};
