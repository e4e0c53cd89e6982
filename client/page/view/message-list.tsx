import { useLayoutEffect, useRef } from "preact/hooks";
import { useChat, usePage } from "../page-context.ts";
import type { RoomStore } from "../state/room-store.ts";
import type { Words } from "../words/words.ts";
import { MessageRow } from "./message-row.tsx";
import type { Row } from "./rows.ts";
import { useAnchoredList } from "./use-anchored-list.ts";

/** So close to the top older messages are fetched, in heights of what is seen. */
const NEAR_TOP = 1.5;

/** What was said in a room, and what is on its way there. */
export const MessageList = ({ room }: { room: RoomStore }) => {
  const { name, words } = usePage();
  const self = { id: useChat().self.value ?? "", name: name.value ?? "" };
  const rows: readonly Row[] = [...room.entries.value, ...room.unsent.value];
  const { isAtEnd, list, scrolled, scroller, toEnd, top, height, window: shown } = useAnchoredList(rows);
  const older = room.older.value;
  const unsent = room.unsent.value.length;

  useLayoutEffect(() => {
    const look = () => room.watch(isAtEnd && document.visibilityState === "visible");
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      room.watch(false);
    };
  }, [room, isAtEnd]);
  useLayoutEffect(() => {
    if (height > 0 && top < height * NEAR_TOP && older === "idle") room.loadOlder();
  });
  // Who says something wants to see it.
  const unsentBefore = useRef(0);
  useLayoutEffect(() => {
    if (unsent > unsentBefore.current) toEnd();
    unsentBefore.current = unsent;
  }, [unsent]);

  return (
    <div class="messages">
      <div
        class="log"
        role="log"
        aria-live="off"
        aria-label={words.value.messages(room.name)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
        tabIndex={0}
        ref={scroller}
        onScroll={scrolled}
      >
        <p class="beginning">{wordsAbove(room, words.value)}</p>
        <ol ref={list} style={{ paddingTop: `${shown.before}px`, paddingBottom: `${shown.after}px` }}>
          {rows.slice(shown.first, shown.end).map((row, index) => (
            <MessageRow key={row.key} row={row} above={rows[shown.first + index - 1]} self={self} room={room} />
          ))}
        </ol>
      </div>
      {!isAtEnd && (
        <button type="button" class="to-newest" onClick={toEnd}>
          {words.value.toNewest(room.unread.value)}
        </button>
      )}
    </div>
  );
};

/** What stands above the oldest message that is shown. */
const wordsAbove = (room: RoomStore, words: Words): string => {
  switch (room.older.value) {
    case "beginning":
      return room.entries.value.length > 0 ? words.beginning(room.name) : words.empty;
    case "gone":
      return words.olderGone;
    case "forbidden":
      return words.noHistory;
    case "loading":
      return words.loadingOlder;
    default:
      return "";
  }
};
