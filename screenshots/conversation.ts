import { type Chat, connect, type Room } from "../client/index.ts";
import type { Scene } from "./scenes.ts";

/** The secret makes the identity, and that the colour in which somebody is shown: the same in every picture. */
export const secretOf = (person: string): string => Buffer.from(person.padEnd(16)).toString("hex");

/**
 * Has the people of a scene say their lines, each after the other, and stay.
 * @returns the identity of the one whose screen it is; what has somebody type in the first room, until it is stopped;
 * what has all leave
 */
export const converse = async (endpoint: string, { rooms, me }: Scene) => {
  const chats = new Map<string, Chat>();
  let self = "";
  const roomOf = (person: string, room: string): Room => {
    const chat = chats.get(person) ?? connect(endpoint, { name: person, secret: secretOf(person) });
    chats.set(person, chat);
    return chat.join(room);
  };
  for (const { name, lines } of rooms)
    for (const { who, text } of lines) {
      const room = roomOf(who, name);
      if (who === me)
        room.on("message", ({ mine, from }) => {
          if (mine) self = from.id;
        });
      await room.publish(text);
    }
  return {
    self,
    type: (person: string) => {
      // At each key, as people do: the client and the server let some of it through.
      const keys = setInterval(() => roomOf(person, rooms[0].name).typing(), 200);
      return () => clearInterval(keys);
    },
    leave: () => Promise.all([...chats.values()].map((chat) => chat.close())),
  };
};
