import { mkdir, open, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Json } from "../json.ts";
import { createAppender } from "./appender.ts";
import { type Change, lineOf, readLines } from "./line.ts";

/** A map that a killed process finds again, whole, when it is next opened. */
export interface DurableMap<Value extends Json> {
  /** What the map holds now, oldest first. */
  entries(): ReadonlyMap<string, Value>;
  /** Sets all of these; resolves once they are on disk. Calls under way at the same time share one write. */
  set(entries: Iterable<readonly [key: string, value: Value]>): Promise<void>;
  /** Removes a key; resolves once that is on disk. */
  delete(key: string): Promise<void>;
  /** Waits for what is being written. Nothing may be called afterwards. */
  close(): Promise<void>;
}

/** A file with more bytes than this is rewritten, once more than half of it is history. */
const COMPACT_ABOVE_BYTES = 4 * 1024 * 1024;

/**
 * Opens the map kept in `file`, an append-only journal of its changes; makes the file where it is missing.
 * @throws Error naming the file where it is damaged or can't be read, and what can be done.
 */
export const openDurableMap = async <Value extends Json>(
  file: string,
  compactAbove = COMPACT_ABOVE_BYTES,
): Promise<DurableMap<Value>> => {
  await mkdir(dirname(file), { recursive: true });
  const { changes: past, wholeBytes } = await read<Value>(file);
  const entries = new Map<string, Value>();
  for (const change of past) apply(entries, change);
  const handle = await open(file, "a");
  await handle.truncate(wholeBytes);
  const journal = createAppender({ handle, size: wholeBytes });
  let compactAt = compactAbove;

  const record = async (changes: Change<Value>[]) => {
    // In memory only once on disk: what could not be written must not come back with the next compaction.
    await journal.append(changes.map(lineOf).join(""), () => {
      for (const change of changes) apply(entries, change);
    });
    if (journal.size() > compactAt) compactSoon();
  };

  /** Nobody waits for this, and where it fails the journal is as it was: it is tried again at twice the size. */
  const compactSoon = () => {
    compactAt = Number.POSITIVE_INFINITY;
    const settled = () => {
      compactAt = Math.max(compactAbove, 2 * journal.size());
    };
    void journal.replaceFile(compact).then(settled, settled);
  };

  /** Writes what the map holds beside the journal and puts it in its place by a rename, which is whole or not at all. */
  const compact = async () => {
    const fresh = `${file}.compacting`;
    const bytes = Buffer.from([...entries].map(lineOf).join(""));
    await writeFile(fresh, bytes);
    const next = await open(fresh, "a");
    await rename(fresh, file).catch(async (error) => {
      await next.close();
      throw error;
    });
    return { handle: next, size: bytes.length };
  };

  return {
    entries: () => entries,
    set: (all) => record([...all]),
    delete: (key) => record([[key]]),
    close: () => journal.close(),
  };
};

const apply = <Value extends Json>(entries: Map<string, Value>, [key, value]: Change<Value>) => {
  if (value === undefined) entries.delete(key);
  else entries.set(key, value);
};

const read = async <Value extends Json>(file: string) => {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return Buffer.alloc(0);
    throw new Error(`${file} can't be read: ${error.message}`, { cause: error });
  });
  try {
    return readLines<Value>(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${file}: ${reason}. It holds what was accepted and not yet handled. Restore it from a copy, take the damaged line out of it, or begin with no data (--fresh).`,
      { cause: error },
    );
  }
};
