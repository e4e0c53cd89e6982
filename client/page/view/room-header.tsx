import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useChat, usePage } from "../page-context.ts";
import type { RoomStore } from "../state/room-store.ts";

interface Props {
  room: RoomStore;
  peopleButton: RefObject<HTMLButtonElement | null>;
  showsPeople: boolean;
  togglePeople(): void;
}

export const RoomHeader = ({ room, peopleButton, showsPeople, togglePeople }: Props) => {
  const { navigation, words } = usePage();
  const { leave, rooms } = useChat();
  return (
    <header>
      <a class="back" href="#/" aria-label={words.value.backToRooms}>
        ‹
      </a>
      <h1>{room.name}</h1>
      <CopyLink />
      <button type="button" class="quiet" ref={peopleButton} aria-expanded={showsPeople} onClick={togglePeople}>
        {words.value.showPeople(room.people.value?.count)}
      </button>
      <button
        type="button"
        class="quiet"
        onClick={() => {
          leave(room.name);
          navigation.go(rooms.peek()[0]?.name);
        }}
      >
        {words.value.leave}
      </button>
    </header>
  );
};

/** Browsers let a page write to the clipboard only where it came by https, or from this machine. */
const CopyLink = () => {
  const { words } = usePage();
  const isCopied = useSignal(false);
  if (!navigator.clipboard) return null;
  return (
    <button
      type="button"
      class="quiet copy"
      onClick={async () => {
        // Whoever does not allow it has the address itself to copy.
        isCopied.value = await navigator.clipboard.writeText(location.href).then(
          () => true,
          () => false,
        );
      }}
    >
      <span role="status">{isCopied.value ? words.value.copied : words.value.copyLink}</span>
    </button>
  );
};
