import type { Missed, PastMessage } from "../../index.ts";

/** What stands in a room: a message, or that some are gone. */
export type Entry =
  | { readonly kind: "message"; readonly seq: number; readonly message: PastMessage }
  | { readonly kind: "missed"; readonly seq: number; readonly missed: Missed };

/** So many entries are kept; the older ones can be fetched again. */
const KEPT = 12_000;
const KEPT_WHEN_TRIMMED = 10_000;

export const messageEntry = (message: PastMessage): Entry => ({ kind: "message", seq: message.seq, message });

/** Numbers that are gone stand where the last of them would be. */
export const missedEntry = (missed: Missed): Entry => ({ kind: "missed", seq: missed.to, missed });

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

/** The newest entries, where there are too many to keep. */
export const trimmed = (entries: readonly Entry[]): readonly Entry[] =>
  entries.length > KEPT ? entries.slice(-KEPT_WHEN_TRIMMED) : entries;

/** The newest message up to an index. */
export const messageBefore = (entries: readonly Entry[], index: number): PastMessage | undefined => {
  const entry = entries[index - 1];
  return entry?.kind === "message" ? entry.message : undefined;
};
