import { usePage } from "../page-context.ts";
import type { RoomStore } from "../state/room-store.ts";
import type { Unsent } from "../state/unsent-list.ts";
import { reasonIn } from "../words/words.ts";

/** How far a message of one's own has come. */
export const UnsentState = ({ unsent: { key, state, code }, room }: { unsent: Unsent; room: RoomStore }) => {
  const { words } = usePage();
  const { discard, notSent, sending, sent, tryAgain } = words.value;
  if (state !== "failed") return <p class="sending">{state === "acked" ? sent : sending}</p>;
  return (
    <div class="failed" role="alert">
      <p>{notSent(reasonIn(words.value, code))}</p>
      <button type="button" class="quiet" onClick={() => room.tryAgain(key)}>
        {tryAgain}
      </button>
      <button type="button" class="quiet" onClick={() => room.discard(key)}>
        {discard}
      </button>
    </div>
  );
};
