import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Chat, Clock, ConnectionState } from "../../index.ts";
import { RoomcastError } from "../../index.ts";
import { type ConnectionSign, signOf } from "./connection.ts";
import type { Kept } from "./kept.ts";
import { createRoomStore, type RoomStore } from "./room-store.ts";

/** The rooms that somebody is in, and the connection. */
export interface ChatStore {
  readonly sign: ReadonlySignal<ConnectionSign>;
  readonly rooms: ReadonlySignal<readonly RoomStore[]>;
  /** Our own identity, once it is known. */
  readonly self: ReadonlySignal<string | undefined>;
  /** Whether something that was written has not been sent. */
  readonly hasUnsent: ReadonlySignal<boolean>;
  /** Joins a room, if we are not in it. */
  open(room: string): void;
  /** Asks once more to be let into a room that has refused us. */
  reopen(room: string): void;
  leave(room: string): void;
}

interface Needs {
  readonly chat: Chat;
  readonly clock: Clock;
  readonly kept: Kept;
  /** What the browser believes of its network. */
  readonly online: ReadonlySignal<boolean>;
}

export const createChatStore = ({ chat, clock, kept, online }: Needs): ChatStore => {
  const told = signal<ConnectionState>();
  const rooms = signal<readonly RoomStore[]>([]);
  const self: Signal<string | undefined> = signal(kept.self);
  let keys = 0;
  const newKey = () => `unsent-${keys++}`;

  chat.on("state", (state) => {
    told.value = state;
  });
  self.subscribe((id) => {
    kept.self = id;
  });
  const changeRooms = (next: readonly RoomStore[]) => {
    rooms.value = next;
    kept.rooms = next.map(({ name }) => name);
  };
  const join = (name: string) => createRoomStore({ room: chat.join(name), clock, kept, self, newKey });
  const open = (name: string) => {
    if (rooms.value.some((room) => room.name === name)) return;
    try {
      changeRooms([...rooms.value, join(name)]);
    } catch (error) {
      // A name that was kept from another time: there is no such room to show.
      if (!(error instanceof RoomcastError)) throw error;
    }
  };
  for (const name of kept.rooms) open(name);

  return {
    sign: computed(() => signOf(told.value, online.value)),
    rooms,
    self,
    hasUnsent: computed(() => rooms.value.some(({ unsent }) => unsent.value.length > 0)),
    open,
    reopen: (name) => changeRooms(rooms.value.map((room) => (room.name === name ? join(name) : room))),
    leave: (name) => {
      rooms.value.find((room) => room.name === name)?.leave();
      changeRooms(rooms.value.filter((room) => room.name !== name));
      kept.forget(name);
    },
  };
};
