import { usePage } from "../page-context.ts";
import type { RoomStore } from "../state/room-store.ts";
import { nameOf, textOf } from "../text/shown.ts";

/** So many at once are read out; of more only how many they are. */
const READ_OUT = 3;
const LONGEST = 200;

/**
 * Tells a screen reader what comes. The list itself is no live region: its rows come and go as one scrolls, and each
 * would be read out.
 */
export const Announcer = ({ room }: { room: RoomStore }) => {
  const { words } = usePage();
  const heard = room.heard.value;
  return (
    <div class="unseen" aria-live="polite">
      {heard.length > READ_OUT
        ? words.value.manyCame(heard.length)
        : heard.map(({ id, from, data }) => <p key={id}>{`${nameOf(from)}: ${textOf(data).slice(0, LONGEST)}`}</p>)}
    </div>
  );
};
