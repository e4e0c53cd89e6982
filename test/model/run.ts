import { type Command, ROOMS } from "./commands.ts";
import { createPerson, type Person } from "./person.ts";
import { lateInStay, wrongInRooms, wrongInStay } from "./properties.ts";
import { connectRaw } from "./raw-sockets.ts";
import { createRoomcast } from "./roomcast.ts";
import { createVirtualTime } from "./virtual-time.ts";
import { createWeather, type Rates } from "./weather.ts";

export interface Story {
  readonly commands: readonly Command[];
  readonly seed: number;
  /** The weather at the start. */
  readonly rates: Rates;
  /** Who has a client, and joins the first room at once. */
  readonly names: readonly string[];
}

interface Told {
  readonly wrong: readonly string[];
  readonly late: readonly string[];
}

/** Some intervals of pings: within them everybody finds out what they have missed. */
const CALM_MS = 5 * 60_000;

/**
 * Lets a story happen, then fair weather for some minutes.
 * @returns what is wrong then, and what was late, as sentences
 */
export const tell = async ({ commands, seed, rates: first, names }: Story): Promise<Told> => {
  let rates: Rates = {};
  const time = createVirtualTime();
  const weather = createWeather(seed, () => rates);
  const roomcast = createRoomcast(time, weather);
  const sockets = [1, 2].map(() => connectRaw(roomcast, { id: "guest-raw", name: "raw" }, ROOMS));
  const reader = connectRaw(roomcast, { id: "guest-reader", name: "reader" }, ROOMS);
  const people = new Map<string, Person>();
  const person = (name: string): Person => {
    const known =
      people.get(name) ?? createPerson({ time, weather, connect: roomcast.connect }, { id: `guest-${name}`, name });
    people.set(name, known);
    return known;
  };
  await time.pass(1_000);
  rates = first;
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
        const frame = { message: "publish", room: command.room, data: `raw in ${ref} `, ref };
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
        rates = command.rates;
        break;
    }
  }

  rates = {};
  for (const someone of people.values()) someone.wake();
  await time.pass(CALM_MS);
  const stays = [...people.values()].flatMap(({ author, stays }) => stays.map((stay) => ({ stay, who: author.name })));
  const wrong = [
    ...wrongInRooms(roomcast, ROOMS),
    ...stays.flatMap(({ stay, who }) => wrongInStay(stay, who, roomcast.messagesOf(stay.room.name))),
  ];
  for (const someone of people.values()) void someone.close();
  await time.pass(5_000);
  return { wrong, late: stays.flatMap(({ stay, who }) => lateInStay(stay, who)) };
};
