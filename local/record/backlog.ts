import type { FiledEntry } from "./generation.ts";

/** Entries that wait to be written, of a bounded size. */
export interface Backlog {
  /** Takes an entry; where there is no room, the oldest go. */
  add(entry: FiledEntry): void;
  /** Gives all that wait, oldest first, and is empty then. */
  take(): FiledEntry[];
  /** How many have gone since this was last asked. */
  dropped(): number;
}

/** @param most characters of all bodies together */
export const createBacklog = (most: number): Backlog => {
  let entries: FiledEntry[] = [];
  /** Where those that wait begin: to shift them for each that goes would cost as many moves. */
  let oldest = 0;
  let characters = 0;
  let dropped = 0;
  return {
    add(entry) {
      entries.push(entry);
      characters += entry.body.length;
      while (characters > most) {
        characters -= entries[oldest]?.body.length ?? 0;
        oldest++;
        dropped++;
      }
      if (oldest > 1_000 && oldest > entries.length / 2) {
        entries = entries.slice(oldest);
        oldest = 0;
      }
    },
    take() {
      const taken = oldest === 0 ? entries : entries.slice(oldest);
      entries = [];
      oldest = 0;
      characters = 0;
      return taken;
    },
    dropped() {
      const count = dropped;
      dropped = 0;
      return count;
    },
  };
};
