import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { usePage } from "../page-context.ts";
import { roomName } from "../state/address.ts";
import { Icon } from "./icon.tsx";
import { LanguageChoice } from "./language-choice.tsx";

/** The room that somebody comes to who was sent to none. */
const FIRST_ROOM = "lobby";
/** What the server takes. */
const MAX_NAME = 64;

/** Who comes for the first time chooses a name, and the room where no link has named one. */
export const Welcome = () => {
  const { navigation, start, words } = usePage();
  const { badRoom, nameHint, room: roomLabel, start: startLabel, welcome, yourName } = words.value;
  const asked = navigation.room.value;
  const name = useSignal("");
  const room = useSignal(asked ?? FIRST_ROOM);
  const isWrong = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);

  const submit = (event: Event) => {
    event.preventDefault();
    const chosen = name.value.replace(/\p{Cc}/gu, " ").trim();
    const to = roomName(room.value);
    isWrong.value = to === undefined;
    if (!chosen || to === undefined) return;
    start(chosen);
    navigation.go(to);
  };
  return (
    <main class="welcome">
      <h1>
        <Icon name="mark" /> Roomcast
      </h1>
      <p>{welcome}</p>
      <form onSubmit={submit}>
        <label for="name">{yourName}</label>
        <input
          ref={field}
          id="name"
          name="name"
          required
          maxLength={MAX_NAME}
          autocomplete="nickname"
          aria-describedby="name-hint"
          value={name.value}
          onInput={({ currentTarget }) => {
            name.value = currentTarget.value;
          }}
        />
        <p id="name-hint" class="hint">
          {nameHint}
        </p>
        <label for="room">{roomLabel}</label>
        <input
          id="room"
          name="room"
          required
          autocomplete="off"
          aria-invalid={isWrong.value}
          aria-describedby="room-hint"
          value={room.value}
          onInput={({ currentTarget }) => {
            room.value = currentTarget.value;
          }}
        />
        <p id="room-hint" class="wrong" role="alert">
          {isWrong.value && badRoom}
        </p>
        <button type="submit" class="main">
          {startLabel}
        </button>
      </form>
      <LanguageChoice />
    </main>
  );
};
