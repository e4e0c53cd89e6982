import { isDeepStrictEqual } from "node:util";
import { type Connect, newRoom } from "./person.ts";
import { no, type Probe, yes } from "./probe.ts";

/** What members of a room may expect of it, seen from outside. */
export const talking = (connect: Connect): Probe[] => [
  {
    says: "A message is acked, and reaches the other member as it was published",
    must: true,
    ask: async () => {
      const room = newRoom();
      const [ann, bob] = [await connect({ room, name: "Ann" }), await connect({ room })];
      const data = { text: "grüße", list: [1, null, { deep: true }] };
      const { id, seq } = await ann.publish(room, data);
      const message = await bob.next({ type: "message", id });
      await Promise.all([ann.close(), bob.close()]);
      const same = isDeepStrictEqual([message.room, message.seq, message.data], [room, seq, data]);
      return same ? yes(`Message ${id}, number ${seq} of its room.`) : no(`It came as ${JSON.stringify(message)}`);
    },
  },
  {
    says: "The sender hears no echo of its own message",
    must: true,
    ask: async () => {
      const room = newRoom();
      const [ann, bob] = [await connect({ room }), await connect({ room })];
      const { id } = await ann.publish(room, "hello");
      await bob.next({ type: "message", id });
      const reply = await bob.publish(room, "and back");
      await ann.next({ type: "message", id: reply.id });
      const echo = ann.overheard();
      await Promise.all([ann.close(), bob.close()]);
      return echo.length === 0 ? yes("Heard: the reply only.") : no(`Heard: ${JSON.stringify(echo)}`);
    },
  },
  {
    says: "What one room gets never shows in another",
    must: true,
    ask: async () => {
      const [room, another] = [newRoom(), newRoom()];
      const ann = await connect({ room });
      const [bob, carl] = [await connect({ room }), await connect({ room: another })];
      const { id } = await ann.publish(room, "for this room");
      await bob.next({ type: "message", id });
      // By what it gets later in its own room, carl would have got the other one, had it been on its way.
      await ann.ask({ message: "join", room: another });
      const own = await ann.publish(another, "for the other room");
      await carl.next({ type: "message", id: own.id });
      const wrong = [...carl.overheard(), ...bob.overheard()];
      await Promise.all([ann.close(), bob.close(), carl.close()]);
      return wrong.length === 0
        ? yes("Each heard its own room's message only.")
        : no(`Heard: ${JSON.stringify(wrong)}`);
    },
  },
  {
    says: "Who was away learns from join and ping how far the room is",
    must: true,
    ask: async () => {
      const room = newRoom();
      const ann = await connect({ room });
      let last = 0;
      for (const data of [1, 2, 3]) last = (await ann.publish(room, data)).seq;
      const bob = await connect();
      const { seq } = await bob.ask({ message: "join", room });
      const { rooms } = await bob.ask({ message: "ping" });
      await Promise.all([ann.close(), bob.close()]);
      const head = (rooms as Record<string, { seq?: unknown }> | undefined)?.[room]?.seq;
      const told = `The last ack was ${last}; join told ${seq}, ping ${head}.`;
      return seq === last && head === last ? yes(told) : no(told);
    },
  },
];
