import type { PastMessage } from "../../index.ts";

/** A message that somebody has written here and that has not come back from the room yet. */
export interface Unsent {
  readonly kind: "unsent";
  readonly key: string;
  readonly text: string;
  /** When it was written, in Unix time in milliseconds. */
  readonly at: number;
  /** `acked`: it is in the room, and its place there is not known yet. */
  readonly state: "sending" | "acked" | "failed";
  /** The id that it has in the room. */
  readonly id?: string;
  /** Why it failed: a code of the server's or the client's. */
  readonly code?: string;
}

/** In the order of writing. */
export type AllUnsent = readonly Unsent[];

const changed = (all: AllUnsent, key: string, change: (one: Unsent) => Unsent): AllUnsent =>
  all.map((one) => (one.key === key ? change(one) : one));

export const written = (all: AllUnsent, { key, text, at }: Pick<Unsent, "key" | "text" | "at">): AllUnsent => [
  ...all,
  { kind: "unsent", key, text, at, state: "sending" },
];

export const acked = (all: AllUnsent, key: string, id: string): AllUnsent =>
  changed(all, key, (one) => ({ ...one, state: "acked", id }));

export const failed = (all: AllUnsent, key: string, code: string): AllUnsent =>
  changed(all, key, (one) => ({ ...one, state: "failed", code }));

/** One that failed is sent again: as if it were written now, since others were sent meanwhile. */
export const again = (all: AllUnsent, key: string, at: number): AllUnsent => {
  const one = all.find((unsent) => unsent.key === key);
  return one ? written(without(all, key), { ...one, at }) : all;
};

export const without = (all: AllUnsent, key: string): AllUnsent => all.filter((one) => one.key !== key);

/**
 * One's own message has come. Its ack names its id, and may be heard a moment later than the message itself: then it is
 * the first that is being sent and says the same, since a room's messages are sent one after the other.
 */
export const came = (all: AllUnsent, { id, data }: PastMessage): AllUnsent => {
  const one =
    all.find((unsent) => unsent.id === id) ?? all.find(({ state, text }) => state === "sending" && text === data);
  return one ? without(all, one.key) : all;
};
