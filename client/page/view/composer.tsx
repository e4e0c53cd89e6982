import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { usePage } from "../page-context.ts";
import type { RoomStore } from "../state/room-store.ts";
import { bytesOf, MAX_BYTES, partsOf } from "../text/length.ts";
import { droppedText } from "./dropped-text.ts";

/** From so much of a message on, one is told how much is left. */
const ALMOST_FULL = 0.8;

interface Props {
  room: RoomStore;
  field: RefObject<HTMLTextAreaElement | null>;
}

/** Where a message is written. What is written stays, also over a reload, until it is sent. */
export const Composer = ({ room, field }: Props) => {
  const { kept, words } = usePage();
  const text = useSignal(kept.draft(room.name));
  const isRefused = useSignal(false);
  const left = MAX_BYTES - bytesOf(text.value);
  const { almostFull, onlyText, send, sendInParts, sendKeys, tooLong, writeTo } = words.value;

  const write = (next: string) => {
    isRefused.value = false;
    text.value = next;
    kept.keepDraft(room.name, next);
  };
  const submit = (parts: readonly string[]) => {
    for (const part of parts) room.say(part);
    write("");
    field.current?.focus();
  };
  const submitOne = () => {
    if (left >= 0 && text.value.trim() !== "") submit([text.value.trim()]);
  };
  const drop = async (event: DragEvent) => {
    const [file] = event.dataTransfer?.files ?? [];
    // A text is dropped by the browser itself; a file would take the place of the page.
    if (!file) return;
    event.preventDefault();
    const dropped = await droppedText(file);
    if (dropped === undefined) isRefused.value = true;
    else write(text.value + dropped);
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submitOne();
      }}
    >
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        aria-label={writeTo(room.name)}
        aria-describedby="length"
        aria-invalid={left < 0}
        placeholder={writeTo(room.name)}
        title={sendKeys}
        value={text.value}
        onInput={({ currentTarget }) => {
          write(currentTarget.value);
          if (currentTarget.value !== "") room.typing();
        }}
        onKeyDown={(event) => {
          // Enter ends the composition of Japanese characters before it means anything to us.
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          submitOne();
        }}
        onDragOver={(event) => event.dataTransfer?.types.includes("Files") && event.preventDefault()}
        onDrop={drop}
      />
      <button type="submit" class="main" disabled={left < 0 || text.value.trim() === ""}>
        {send}
      </button>
      <div id="length" role="status" class={left < 0 || isRefused.value ? "length bad" : "length"}>
        {isRefused.value && <p>{onlyText}</p>}
        {left < 0 && <p>{tooLong(-left)}</p>}
        {left >= 0 && left < MAX_BYTES * (1 - ALMOST_FULL) && <p>{almostFull(left)}</p>}
      </div>
      {left < 0 && (
        <button type="button" class="quiet" onClick={() => submit(partsOf(text.value))}>
          {sendInParts(partsOf(text.value).length)}
        </button>
      )}
    </form>
  );
};
