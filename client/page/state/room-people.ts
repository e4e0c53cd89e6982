import { type ReadonlySignal, signal } from "@preact/signals";
import type { Clock, Room } from "../../index.ts";
import { type People, peopleIn, stillTyping, type Typist, withNews, withTypist } from "./presence.ts";

/** Who is in a room, and who types there. */
export interface RoomPeople {
  /** Undefined until it is known. */
  readonly people: ReadonlySignal<People | undefined>;
  readonly typists: ReadonlySignal<readonly Typist[]>;
  /** Asks who is there: a large room tells no news of it. */
  refreshPeople(): void;
}

interface Needs {
  readonly room: Room;
  readonly clock: Clock;
  /** Our own identity, if it is known. */
  readonly self: () => string | undefined;
}

export const createRoomPeople = ({ room, clock, self }: Needs): RoomPeople & { said(ids: Iterable<string>): void } => {
  const people = signal<People>();
  const typists = signal<readonly Typist[]>([]);
  const said = (ids: Iterable<string>) => {
    if (typists.value.length > 0) typists.value = stillTyping(typists.value, clock.now(), new Set(ids));
  };

  room.on("presence", (news) => {
    // Before the first answer there is nobody to add to, and the answer will have them.
    if (people.value) people.value = withNews(people.value, news);
  });
  room.on("typing", ({ from }) => {
    if (from.id === self()) return;
    typists.value = withTypist(typists.value, from, clock.now());
    const until = typists.value.at(-1)?.until ?? 0;
    clock.after(until - clock.now(), () => said([]));
  });

  return {
    people,
    typists,
    said,
    refreshPeople: () => {
      room.members().then(
        (members) => {
          people.value = peopleIn(members);
        },
        // Whoever may not know is shown nobody.
        () => {},
      );
    },
  };
};
