import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useChat, usePage } from "../page-context.ts";
import type { RoomStore } from "../state/room-store.ts";
import { Announcer } from "./announcer.tsx";
import { Composer } from "./composer.tsx";
import { MessageList } from "./message-list.tsx";
import { PeoplePanel } from "./people-panel.tsx";
import { RoomHeader } from "./room-header.tsx";
import { TypingLine } from "./typing-line.tsx";
import { wordsOfState } from "./words-of-state.ts";

/** The room that is shown. */
export const RoomView = ({ room }: { room: RoomStore }) => {
  const { words } = usePage();
  const { reopen, sign } = useChat();
  const showsPeople = useSignal(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const peopleButton = useRef<HTMLButtonElement>(null);
  const standing = room.standing.value;
  const isRefused = standing.as === "refused";
  const state = wordsOfState(words.value, sign.value, standing);

  // Where one comes to by the keyboard or is read to. On a touch screen a field would bring up a keyboard, which covers
  // what somebody comes to read.
  useLayoutEffect(() => {
    if (matchMedia("(pointer: coarse)").matches) heading.current?.focus();
    else field.current?.focus();
  }, []);

  return (
    <>
      <main class="room">
        <RoomHeader
          room={room}
          heading={heading}
          peopleButton={peopleButton}
          showsPeople={showsPeople.value}
          togglePeople={() => {
            showsPeople.value = !showsPeople.value;
            if (showsPeople.value) room.refreshPeople();
          }}
        />
        <div role="status" class="state">
          {state && (
            <p class={state.is}>
              {state.text}
              {isRefused && (
                <button type="button" class="quiet" onClick={() => reopen(room.name)}>
                  {words.value.tryAgain}
                </button>
              )}
            </p>
          )}
        </div>
        <MessageList room={room} />
        <TypingLine room={room} />
        {!isRefused && <Composer room={room} field={field} />}
        <Announcer room={room} />
      </main>
      {showsPeople.value && (
        <PeoplePanel
          room={room}
          close={() => {
            showsPeople.value = false;
            peopleButton.current?.focus();
          }}
        />
      )}
    </>
  );
};
