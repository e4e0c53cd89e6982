import { type ReadonlySignal, signal } from "@preact/signals";
import type { Clock, Message, Room, RoomcastError } from "../../index.ts";
import { type AllUnsent, acked, again, came, failed, type Unsent, without, written } from "./unsent-list.ts";

/** What somebody writes in a room, on its way there. */
export interface Outgoing {
  readonly unsent: ReadonlySignal<AllUnsent>;
  say(text: string): void;
  /** Sends again what was not sent. */
  tryAgain(key: string): void;
  discard(key: string): void;
}

interface Needs {
  readonly publish: Room["publish"];
  readonly clock: Clock;
  /** A key that no message has had. */
  readonly newKey: () => string;
}

export const createOutgoing = ({ publish, clock, newKey }: Needs): Outgoing & { came(own: Message): void } => {
  const unsent = signal<AllUnsent>([]);

  const send = ({ key, text }: Pick<Unsent, "key" | "text">) => {
    publish(text).then(
      ({ id }) => {
        unsent.value = acked(unsent.value, key, id);
      },
      (error: RoomcastError) => {
        unsent.value = failed(unsent.value, key, error.code);
      },
    );
  };

  return {
    unsent,
    say: (text) => {
      const one = { key: newKey(), text, at: clock.now() };
      unsent.value = written(unsent.value, one);
      send(one);
    },
    tryAgain: (key) => {
      const one = unsent.value.find((known) => known.key === key);
      if (one?.state !== "failed") return;
      unsent.value = again(unsent.value, key, clock.now());
      send(one);
    },
    discard: (key) => {
      unsent.value = without(unsent.value, key);
    },
    came: (own) => {
      unsent.value = came(unsent.value, own);
    },
  };
};
