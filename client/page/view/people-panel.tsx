import { useLayoutEffect, useRef } from "preact/hooks";
import { useChat, usePage } from "../page-context.ts";
import type { RoomStore } from "../state/room-store.ts";
import { nameOf } from "../text/shown.ts";
import { Avatar } from "./avatar.tsx";

/** Who is in the room: all of a small one, some of a large one. */
export const PeoplePanel = ({ room, close }: { room: RoomStore; close(): void }) => {
  const { words } = usePage();
  const { self } = useChat();
  const heading = useRef<HTMLHeadingElement>(null);
  const { count = 0, known = [] } = room.people.value ?? {};
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <aside class="people" aria-labelledby="people" onKeyDown={({ key }) => key === "Escape" && close()}>
      <header>
        <h2 id="people" ref={heading} tabIndex={-1}>
          {words.value.people}
        </h2>
        <button type="button" class="quiet" onClick={close}>
          {words.value.close}
        </button>
      </header>
      <ul>
        {known.map((person) => (
          <li key={person.id}>
            <Avatar author={person} />
            <span class="name" dir="auto">
              {nameOf(person)}
            </span>
            {person.id === self.value && <span class="aside">{words.value.you}</span>}
          </li>
        ))}
      </ul>
      {count > known.length && <p class="aside">{words.value.more(count - known.length)}</p>}
    </aside>
  );
};
