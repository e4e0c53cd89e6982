/** What the record keeps. Each is one JSON text. */
export type RecordKind =
  /** An event as a bus took it. */
  | "event"
  /** A line of a log group. */
  | "log"
  /** A segment document of X-Ray, or one of a subsegment that was sent alone. */
  | "segment"
  /** An execution that has ended, with the states that it went through: `execution-record.ts`. */
  | "execution";

/** One thing that happened. */
export interface RecordEntry {
  /** Grows with each entry. */
  readonly id: number;
  /** Unix time in milliseconds. */
  readonly at: number;
  readonly kind: RecordKind;
  /** Where it is from: the bus's, log group's or state machine's name; a segment's origin. */
  readonly source: string;
  /** The log stream of a line. */
  readonly stream?: string | undefined;
  /** JSON text, or a log line as it was written. */
  readonly body: string;
}

/**
 * What the runtime did, on disk and bounded: when it is full the oldest goes. Entries are filed under the ids that they
 * name (`keys.ts`), so that all of one message, request or trace is found at once.
 */
export interface RunRecord {
  /** Files an entry. Returns at once and never fails: what cannot be written is counted, and said once in the log. */
  write(entry: Omit<RecordEntry, "id">, keys: readonly string[]): void;
  /** All that is filed under one of these keys, oldest first, each once. */
  find(keys: readonly string[], kinds?: readonly RecordKind[]): Promise<RecordEntry[]>;
  /** The newest of a kind, newest first. @param source only entries of this source */
  latest(kind: RecordKind, limit: number, source?: string): Promise<RecordEntry[]>;
  /**
   * Hears every entry of a kind from now on, in their order, soon after it is written and never within `write`.
   * @returns ends it
   */
  listen(kind: RecordKind, listener: (entry: RecordEntry, keys: readonly string[]) => void): () => void;
  /** Bytes on disk. */
  bytes(): Promise<number>;
  /** Writes what is still in memory, then closes. */
  stop(): Promise<void>;
}
