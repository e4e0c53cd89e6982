import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Clock, Message, Room } from "../../index.ts";
import { followArrivals } from "./arrivals.ts";
import type { Kept } from "./kept.ts";
import { createOlderMessages, type Older, type OlderMessages } from "./older-messages.ts";
import { createOutgoing, type Outgoing } from "./outgoing.ts";
import { createRoomPeople, type RoomPeople } from "./room-people.ts";
import { followStanding, type Standing } from "./standing.ts";
import { type Entry, merged, messageEntry, trimmed } from "./timeline.ts";

/** A room, as the page shows it. */
export interface RoomStore extends Outgoing, RoomPeople {
  readonly name: string;
  readonly standing: ReadonlySignal<Standing>;
  readonly entries: ReadonlySignal<readonly Entry[]>;
  /** Undefined until the room is joined. */
  readonly older: ReadonlySignal<Older | undefined>;
  readonly unread: ReadonlySignal<number>;
  /** Up to which number one had read before what is new here; undefined where nothing is. */
  readonly readUpTo: ReadonlySignal<number | undefined>;
  /** What came last from others while somebody was looking, for a screen reader. */
  readonly heard: ReadonlySignal<readonly Message[]>;
  /** Fetches what was said before what is shown. */
  loadOlder(): void;
  typing(): void;
  /** Whether somebody sees the newest messages. */
  watch(isWatched: boolean): void;
  leave(): void;
}

interface Needs {
  readonly room: Room;
  readonly clock: Clock;
  readonly kept: Pick<Kept, "read" | "keepRead">;
  /** Our own identity, once it is known. */
  readonly self: Signal<string | undefined>;
  /** A key that no message has had. */
  readonly newKey: () => string;
}

export const createRoomStore = ({ room, clock, kept, self, newKey }: Needs): RoomStore => {
  const entries = signal<readonly Entry[]>([]);
  const older = signal<Older>();
  const unread = signal(0);
  const readUpTo = signal<number>();
  const heard = signal<readonly Message[]>([]);
  const { said, ...people } = createRoomPeople({ room, clock, self: () => self.value });
  const { came, ...outgoing } = createOutgoing({ publish: room.publish, clock, newKey });
  let olderMessages: OlderMessages | undefined;
  let isWatched = false;
  let lastRead = kept.read(room.name);

  const keepRead = () => {
    const { seq } = entries.value.at(-1) ?? room.position ?? {};
    if (seq === undefined) return;
    lastRead = seq;
    kept.keepRead(room.name, seq);
  };
  const trim = () => {
    const fewer = trimmed(entries.value, isWatched);
    if (fewer === entries.value) return;
    entries.value = fewer;
    olderMessages?.forgotten(fewer[0]?.seq ?? 1);
  };

  followArrivals(room, clock, (arrived) => {
    const others = arrived.messages.filter(({ mine }) => !mine);
    batch(() => {
      entries.value = merged(arrived.anew ? [] : entries.value, arrived.entries);
      for (const message of arrived.messages) {
        if (!message.mine) continue;
        self.value = message.from.id;
        came(message);
      }
      said(others.map(({ from }) => from.id));
      trim();
      if (!isWatched) unread.value += others.length;
      else if (others.length > 0) heard.value = others;
    });
    if (isWatched) keepRead();
  });

  const standing = followStanding({
    room,
    clock,
    joined: people.refreshPeople,
    entered: (joinedAt) => {
      // What was said before one came there is not unread.
      const unseen = Math.max(0, joinedAt.seq - (lastRead ?? joinedAt.seq));
      if (isWatched && unseen > 0) readUpTo.value = lastRead;
      if (isWatched || lastRead === undefined) keepRead();
      else unread.value += unseen;
      olderMessages = createOlderMessages({
        history: room.history,
        joinedAt,
        take: (messages) => {
          entries.value = merged(entries.value, messages.map(messageEntry));
        },
        changed: (now) => {
          older.value = now;
        },
      });
      void olderMessages.load();
    },
  });

  return {
    ...people,
    ...outgoing,
    name: room.name,
    standing,
    entries,
    older,
    unread,
    readUpTo,
    heard,
    loadOlder: () => void olderMessages?.load(),
    typing: () => room.typing(),
    watch: (now) => {
      isWatched = now;
      if (!isWatched) return;
      readUpTo.value = unread.value > 0 ? lastRead : undefined;
      unread.value = 0;
      keepRead();
    },
    leave: () => void room.leave(),
  };
};
