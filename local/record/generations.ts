import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Generation, isDamage, openGeneration, removeSides, sizeOf } from "./generation.ts";

/** The files of the record, of which there are never more bytes than it may have. */
export interface Generations {
  /** The last entry's id; 0 where there is none. */
  lastId(): number;
  /** Does something with the file that is written to, which has space for a transaction. */
  write(nextId: number, use: (generation: Generation) => void): void;
  /** Does something with each file, the newest first, until that says `true`. */
  search(use: (generation: Generation) => boolean): void;
  bytes(): number;
  close(): void;
}

interface Needs {
  readonly directory: string;
  readonly capacityBytes: number;
  /** Told, in words for a person, of a file that is set aside. */
  warn(message: string): void;
}

const FILE = /^\d{15}\.sqlite$/;
/** What could not be read; the next one takes its place. */
const DAMAGED = "damaged.sqlite";

/**
 * Opens the files in `directory`. Each is a sixteenth of the capacity, and they are written one after the other: space is
 * made by deleting the oldest, which costs nothing and leaves no holes.
 */
export const openGenerations = ({ directory, capacityBytes, warn }: Needs): Generations => {
  const fileBytes = capacityBytes / 16;
  /** So much may come in one transaction, which at worst writes every page of a file into its log once more. */
  const reserve = capacityBytes / 8;
  const pathOf = (file: string) => join(directory, file);

  const setAside = (file: string, { message }: Error) => {
    renameSync(pathOf(file), pathOf(DAMAGED));
    removeSides(pathOf(file));
    warn(`${pathOf(file)} cannot be read (${message}): what it holds is missing, and it is set aside as ${DAMAGED}.`);
  };
  const open = (file: string): Opened => ({ file, generation: openGeneration(pathOf(file), capacityBytes / 50) });

  mkdirSync(directory, { recursive: true });
  /** Oldest first; the last is written to. */
  const opened = readdirSync(directory)
    .filter((file) => FILE.test(file))
    .sort()
    .flatMap((file) => {
      try {
        return [open(file)];
      } catch (error) {
        setAside(file, error as Error);
        return [];
      }
    });

  /** A file that turns out to be damaged is left out from here on. */
  const using = (one: Opened, use: (generation: Generation) => void) => {
    try {
      use(one.generation);
    } catch (error) {
      if (!isDamage(error)) throw error;
      one.generation.close();
      opened.splice(opened.indexOf(one), 1);
      setAside(one.file, error);
    }
  };
  const begin = (nextId: number) => {
    const last = opened.at(-1);
    if (last) using(last, ({ complete }) => complete());
    opened.push(open(`${String(nextId).padStart(15, "0")}.sqlite`));
  };
  const removeOldest = () => {
    const oldest = opened.shift();
    if (!oldest) return;
    oldest.generation.close();
    rmSync(pathOf(oldest.file), { force: true });
    removeSides(pathOf(oldest.file));
  };
  const bytes = () => opened.reduce((sum, one) => sum + one.generation.bytes(), sizeOf(pathOf(DAMAGED)));
  const makeSpace = (nextId: number) => {
    const last = opened.at(-1);
    if (!last || last.generation.bytes() >= fileBytes) begin(nextId);
    if (bytes() + reserve > capacityBytes) rmSync(pathOf(DAMAGED), { force: true });
    // Only as long as something can go: the newest file stays.
    while (opened.length > 1 && bytes() + reserve > capacityBytes) removeOldest();
  };

  const search = (use: (generation: Generation) => boolean) => {
    let enough = false;
    for (const one of opened.toReversed())
      if (!enough)
        using(one, (generation) => {
          enough = use(generation);
        });
  };

  return {
    lastId() {
      let id = 0;
      search(({ lastId }) => {
        id = lastId();
        return id > 0;
      });
      return id;
    },
    write(nextId, use) {
      makeSpace(nextId);
      const last = opened.at(-1);
      if (last) using(last, use);
    },
    search,
    bytes,
    close: () => {
      for (const { generation } of opened) generation.close();
    },
  };
};

interface Opened {
  readonly file: string;
  readonly generation: Generation;
}
