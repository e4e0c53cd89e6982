import type { Missed, PastMessage } from "../../index.ts";

/** What stands in a room: a message, or that some are gone. */
export type Entry = {
  /** Made once: a list of thousands is gone through many times a second. */
  readonly key: string;
  readonly seq: number;
} & (
  | { readonly kind: "message"; readonly message: PastMessage }
  | { readonly kind: "missed"; readonly missed: Missed }
);

/** So many entries are kept while somebody sees the newest, and so many while they may be reading far above them. */
const KEPT = { watched: 12_000, unwatched: 40_000 };
const KEPT_WHEN_TRIMMED = 10_000;

export const messageEntry = (message: PastMessage): Entry => {
  const { seq } = message;
  return { kind: "message", key: `message-${seq}`, seq, message };
};

/** Numbers that are gone stand where the last of them would be. */
export const missedEntry = (missed: Missed): Entry => {
  const seq = missed.to;
  return { kind: "missed", key: `missed-${seq}`, seq, missed };
};

/** Puts entries in their places, by number; what is there already stays as it is. Each list is in order by itself. */
export const merged = (entries: readonly Entry[], fresh: readonly Entry[]): readonly Entry[] => {
  const [first] = fresh;
  const last = fresh.at(-1);
  if (!first || !last) return entries;
  if (first.seq > (entries.at(-1)?.seq ?? 0)) return [...entries, ...fresh];
  if (last.seq < (entries[0]?.seq ?? Number.POSITIVE_INFINITY)) return [...fresh, ...entries];
  const known = new Set(entries.map(({ seq }) => seq));
  return [...entries, ...fresh.filter(({ seq }) => !known.has(seq))].toSorted((one, other) => one.seq - other.seq);
};

/** The newest entries, where there are too many to keep: the older ones can be fetched again. */
export const trimmed = (entries: readonly Entry[], isWatched: boolean): readonly Entry[] =>
  entries.length > (isWatched ? KEPT.watched : KEPT.unwatched) ? entries.slice(-KEPT_WHEN_TRIMMED) : entries;
