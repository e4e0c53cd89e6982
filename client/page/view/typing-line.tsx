import { usePage } from "../page-context.ts";
import type { RoomStore } from "../state/room-store.ts";
import { nameOf } from "../text/shown.ts";

/** Who types. It keeps its place when it is empty, and is not announced: it would talk all the time. */
export const TypingLine = ({ room }: { room: RoomStore }) => {
  const { words } = usePage();
  const names = room.typists.value.map(({ from }) => nameOf(from));
  return <p class="typing">{names.length > 0 && words.value.typing(names)}</p>;
};
