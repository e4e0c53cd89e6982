import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useChat, usePage } from "../page-context.ts";
import type { RoomStore } from "../state/room-store.ts";
import { Badge } from "./badge.tsx";
import { Icon } from "./icon.tsx";

interface Props {
  room: RoomStore;
  heading: RefObject<HTMLHeadingElement | null>;
  peopleButton: RefObject<HTMLButtonElement | null>;
  showsPeople: boolean;
  togglePeople(): void;
}

/** The room's name and what can be done with it. On a phone pictures stand for the words, which are still there. */
export const RoomHeader = ({ room, heading, peopleButton, showsPeople, togglePeople }: Props) => {
  const { navigation, words } = usePage();
  const { leave, rooms } = useChat();
  const people = room.people.value?.count;
  const unreadElsewhere = rooms.value.reduce((sum, one) => (one === room ? sum : sum + one.unread.value), 0);
  return (
    <header>
      <a class="back" href="#/">
        <Icon name="back" />
        <span class="unseen">{words.value.backToRooms}</span>
        <Badge count={unreadElsewhere} />
      </a>
      <h1 ref={heading} tabIndex={-1} dir="auto">
        {room.name}
      </h1>
      <CopyLink />
      <button type="button" class="quiet tool" ref={peopleButton} aria-expanded={showsPeople} onClick={togglePeople}>
        <Icon name="people" />
        <span class="label">{words.value.showPeople(people)}</span>
        <span class="count" aria-hidden="true">
          {people}
        </span>
      </button>
      <button
        type="button"
        class="quiet tool"
        onClick={() => {
          leave(room.name);
          navigation.go(rooms.peek()[0]?.name);
        }}
      >
        <Icon name="leave" />
        <span class="label">{words.value.leave}</span>
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
      class="quiet tool"
      onClick={async () => {
        // Whoever does not allow it has the address itself to copy.
        isCopied.value = await navigator.clipboard.writeText(location.href).then(
          () => true,
          () => false,
        );
      }}
    >
      <Icon name={isCopied.value ? "copied" : "link"} />
      <span class="label" role="status">
        {isCopied.value ? words.value.copied : words.value.copyLink}
      </span>
    </button>
  );
};
