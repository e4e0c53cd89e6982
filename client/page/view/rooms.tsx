import { useSignal } from "@preact/signals";
import { useChat, usePage } from "../page-context.ts";
import { addressOf, roomName } from "../state/address.ts";
import type { RoomStore } from "../state/room-store.ts";
import { Badge } from "./badge.tsx";
import { Icon } from "./icon.tsx";
import { LanguageChoice } from "./language-choice.tsx";

/** One's rooms with what is unread there, the way into another, and who one is. */
export const Rooms = () => {
  const { name, navigation, rename, words } = usePage();
  const { rooms } = useChat();
  // A room's own name is the heading of the page that shows it.
  const Brand = navigation.room.value === undefined ? "h1" : "p";
  return (
    <nav class="rooms" aria-label={words.value.rooms}>
      <Brand class="brand">
        <Icon name="mark" /> Roomcast
      </Brand>
      <ul>
        {rooms.value.map((room) => (
          <li key={room.name}>
            <RoomLink room={room} />
          </li>
        ))}
      </ul>
      <JoinForm />
      <div class="me">
        <p>{words.value.youAre(name.value ?? "")}</p>
        <button type="button" class="quiet" onClick={rename}>
          {words.value.changeName}
        </button>
        <LanguageChoice />
      </div>
    </nav>
  );
};

const RoomLink = ({ room: { name, unread } }: { room: RoomStore }) => {
  const { navigation } = usePage();
  return (
    <a href={addressOf(name)} aria-current={navigation.room.value === name ? "page" : undefined}>
      <span class="name" dir="auto">
        {name}
      </span>
      <Badge count={unread.value} />
    </a>
  );
};

const JoinForm = () => {
  const { navigation, words } = usePage();
  const typed = useSignal("");
  const isWrong = useSignal(false);
  const { badRoom, join, joinRoom } = words.value;

  const submit = (event: Event) => {
    event.preventDefault();
    const room = roomName(typed.value);
    isWrong.value = room === undefined;
    if (room === undefined) return;
    typed.value = "";
    navigation.go(room);
  };
  return (
    <form class="join" onSubmit={submit}>
      <label for="join">{joinRoom}</label>
      <div class="field">
        <input
          id="join"
          autocomplete="off"
          aria-invalid={isWrong.value}
          aria-describedby="join-hint"
          value={typed.value}
          onInput={({ currentTarget }) => {
            typed.value = currentTarget.value;
          }}
        />
        <button type="submit">{join}</button>
      </div>
      <p id="join-hint" class="wrong" role="alert">
        {isWrong.value && badRoom}
      </p>
    </form>
  );
};
