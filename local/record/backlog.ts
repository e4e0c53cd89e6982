import type { FiledEntry } from "./generation.ts";

/** Entries that wait to be written, of a bounded size. */
export interface Backlog {
  /** Takes an entry; where there is no space, the oldest go. */
  add(entry: FiledEntry): void;
  /** Gives all that wait, oldest first, and is empty then. */
  take(): FiledEntry[];
  /** How many have gone since this was last asked. */
  dropped(): number;
}

/** What an entry takes besides its body, with its keys and the objects around them. */
const OVERHEAD_CHARACTERS = 256;

/** @param most characters of all entries together */
export const createBacklog = (most: number): Backlog => {
  let entries: FiledEntry[] = [];
  /** Where those that wait begin: to shift them for each that goes would cost as many moves. */
  let oldest = 0;
  let characters = 0;
  let dropped = 0;
  return {
    add(entry) {
      entries.push(entry);
      characters += sizeOf(entry);
      while (characters > most) {
        const gone = entries[oldest];
        if (gone) characters -= sizeOf(gone);
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

const sizeOf = ({ body }: FiledEntry) => body.length + OVERHEAD_CHARACTERS;
