import type { FiledEntry } from "./generation.ts";
import { openGenerations } from "./generations.ts";
import type { RecordEntry, RecordKind } from "./record.ts";

/** The record as its thread has it: every call blocks. */
export interface Store {
  /** The last entry's id; 0 where there is none. */
  lastId(): number;
  /** @returns how many could not be written, and why */
  write(entries: readonly FiledEntry[]): Written;
  /** Oldest first; the newest ones where there are more than a reader can take. */
  find(keys: readonly string[], kinds?: readonly RecordKind[]): RecordEntry[];
  /** Newest first. */
  latest(kind: RecordKind, limit: number, source?: string): RecordEntry[];
  bytes(): number;
  close(): void;
}

/** What became of entries that were to be written. */
export interface Written {
  readonly lost: number;
  /** Why the last of these was lost. */
  readonly reason?: string;
}

interface Needs {
  readonly directory: string;
  /** There is never more on disk. */
  readonly capacityBytes: number;
  /** Told, in words for a person, of a file that is set aside. */
  warn(message: string): void;
}

/** What one search gives back at most: the lines and executions of several messages of 10,000 recipients each. */
const FOUND_CHARACTERS = 64 * 1024 * 1024;

/** Opens the record in `directory`, or begins one. */
export const openStore = ({ directory, capacityBytes, warn }: Needs): Store => {
  const mostOfEntry = capacityBytes / 100;
  const transactionBytes = capacityBytes / 200;
  const generations = openGenerations({ directory, capacityBytes, warn });

  return {
    lastId: generations.lastId,
    write(entries) {
      const fitting = entries.filter((entry) => sizeOf(entry) <= mostOfEntry);
      let lost = entries.length - fitting.length;
      let reason = lost > 0 ? `it was larger than ${Math.floor(mostOfEntry)} bytes` : undefined;
      for (const transaction of inTransactions(fitting, transactionBytes)) {
        try {
          generations.write(transaction[0]?.id ?? 0, ({ add }) => add(transaction));
        } catch (error) {
          lost += transaction.length;
          reason = (error as Error).message;
        }
      }
      return { lost, ...(reason !== undefined && { reason }) };
    },
    find(keys, kinds) {
      const found: RecordEntry[] = [];
      let characters = 0;
      generations.search(({ find }) => {
        for (const entry of find(keys, kinds)) {
          found.push(entry);
          characters += entry.body.length;
          if (characters > FOUND_CHARACTERS) return true;
        }
        return false;
      });
      return found.reverse();
    },
    latest(kind, limit, source) {
      const found: RecordEntry[] = [];
      generations.search(({ latest }) => {
        found.push(...latest(kind, limit - found.length, source));
        return found.length >= limit;
      });
      return found;
    },
    bytes: generations.bytes,
    close: generations.close,
  };
};

/** Besides its text and keys. */
const OVERHEAD_BYTES = 128;

/** Bytes that an entry is on disk. */
const sizeOf = ({ body, keys }: FiledEntry) =>
  OVERHEAD_BYTES + Buffer.byteLength(body) + keys.reduce((sum, key) => sum + Buffer.byteLength(key), 0);

/** Divides entries, so that one transaction writes about `most` bytes. */
const inTransactions = (entries: readonly FiledEntry[], most: number): FiledEntry[][] => {
  const transactions: FiledEntry[][] = [];
  let left = 0;
  for (const entry of entries) {
    if (left <= 0) {
      transactions.push([]);
      left = most;
    }
    transactions.at(-1)?.push(entry);
    left -= sizeOf(entry);
  }
  return transactions;
};
