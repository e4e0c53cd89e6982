import { rmSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { RecordEntry, RecordKind } from "./record.ts";

/** An entry with the keys that it is filed under. */
export interface FiledEntry extends RecordEntry {
  readonly keys: readonly string[];
}

/** One file of the record: the entries of a stretch of time. */
export interface Generation {
  /** The last entry's id; 0 where there is none. */
  lastId(): number;
  /** Writes all of these, or throws and has written none. */
  add(entries: readonly FiledEntry[]): void;
  /** What is filed under one of the keys, the newest first. */
  find(keys: readonly string[], kinds: readonly RecordKind[] | undefined): Iterable<RecordEntry>;
  /** The newest of a kind, the newest first. */
  latest(kind: RecordKind, limit: number, source: string | undefined): RecordEntry[];
  /** Bytes on disk. */
  bytes(): number;
  /** Called when nothing more is written to it: it is one file from here on. */
  complete(): void;
  close(): void;
}

/** Written into each file; to be counted up with the tables. */
const VERSION = 1;

const TABLES = `
  CREATE TABLE entries (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    stream TEXT,
    body TEXT NOT NULL
  );
  CREATE INDEX entries_by_kind ON entries (kind);
  CREATE TABLE keys (key TEXT NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (key, entry)) WITHOUT ROWID;
  PRAGMA user_version = ${VERSION};`;

const COLUMNS = "id, at, kind, source, stream, body";

/** A row as an entry. */
const entryOf = ({ stream, ...row }: Readonly<Record<string, unknown>>) =>
  ({ ...row, ...(stream !== null && { stream }) }) as unknown as RecordEntry;

/**
 * Opens a file of the record, or makes it.
 * @param walBytes about how much its write-ahead log may hold before it goes into the file
 * @throws Error when it is damaged, or another version has written it
 */
export const openGeneration = (file: string, walBytes: number): Generation => {
  const database = new DatabaseSync(file);
  try {
    const version = database.prepare("PRAGMA user_version").get()?.user_version;
    // Whoever kills the process loses nothing of what is in a file; that a machine loses its power is let happen.
    database.exec("PRAGMA synchronous = OFF");
    if (version === 0) database.exec(`BEGIN; ${TABLES} COMMIT`);
    else if (version !== VERSION) throw new Error(`it is of version ${version}, and this is ${VERSION}`);
    return generation(file, database, walBytes);
  } catch (error) {
    database.close();
    throw error;
  }
};

const generation = (file: string, database: DatabaseSync, walBytes: number): Generation => {
  let writing = false;
  const prepareToWrite = () => {
    writing = true;
    database.exec("PRAGMA journal_mode = WAL; PRAGMA cache_size = -16000");
    database.exec(`PRAGMA wal_autocheckpoint = ${Math.ceil(walBytes / 4096)}; PRAGMA journal_size_limit = ${walBytes}`);
  };
  const insert = database.prepare(`INSERT INTO entries (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`);
  const insertKey = database.prepare("INSERT OR IGNORE INTO keys (key, entry) VALUES (?, ?)");
  const filed = database.prepare(
    "SELECT DISTINCT entry FROM keys WHERE key IN (SELECT value FROM json_each(?)) ORDER BY entry DESC",
  );
  const one = database.prepare(`SELECT ${COLUMNS} FROM entries WHERE id = ?`);
  const newest = database.prepare(`
    SELECT ${COLUMNS} FROM entries WHERE kind = :kind AND source = coalesce(:source, source) ORDER BY id DESC LIMIT :limit`);
  const last = database.prepare("SELECT max(id) AS id FROM entries");

  return {
    lastId: () => Number(last.get()?.id ?? 0),
    add(entries) {
      if (!writing) prepareToWrite();
      database.exec("BEGIN");
      try {
        for (const { id, at, kind, source, stream = null, body, keys } of entries) {
          insert.run(id, at, kind, source, stream, body);
          for (const key of keys) insertKey.run(key, id);
        }
        database.exec("COMMIT");
      } catch (error) {
        // A disk that is full has ended the transaction by itself.
        if (database.isTransaction) database.exec("ROLLBACK");
        throw error;
      }
    },
    *find(keys, kinds) {
      for (const { entry: id } of filed.all(JSON.stringify(keys))) {
        const entry = entryOf(one.get(id ?? null) ?? {});
        if (kinds?.includes(entry.kind) ?? true) yield entry;
      }
    },
    latest: (kind, limit, source) => newest.all({ kind, limit, source: source ?? null }).map(entryOf),
    bytes: () => sizeOf(file) + SIDES.reduce((sum, side) => sum + sizeOf(file + side), 0),
    complete() {
      writing = false;
      database.exec("PRAGMA journal_mode = DELETE; PRAGMA cache_size = -1000; PRAGMA shrink_memory");
    },
    close: () => {
      if (database.isOpen) database.close();
    },
  };
};

/** What SQLite keeps beside a file in use. */
const SIDES = ["-wal", "-shm"] as const;

/** The size of a file; 0 where it is not there. */
export const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Takes away what SQLite keeps beside a file in use. */
export const removeSides = (file: string): void => {
  for (const side of SIDES) rmSync(file + side, { force: true });
};

/** SQLite's SQLITE_CORRUPT and SQLITE_NOTADB. https://www.sqlite.org/rescode.html */
const DAMAGE = new Set([11, 26]);

/** Whether an error says that a file is damaged, and not that the disk is full, for instance. */
export const isDamage = (error: unknown): error is Error & { errcode: number } =>
  error instanceof Error && "errcode" in error && DAMAGE.has(Number(error.errcode) & 0xff);
