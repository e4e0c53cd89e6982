import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { createBacklog } from "./backlog.ts";
import type { FiledEntry } from "./generation.ts";
import type { RecordEntry, RecordKind, RunRecord } from "./record.ts";
import { startStore } from "./start-store.ts";

interface Needs {
  /** The folder that it is kept in. */
  readonly directory: string;
  readonly clock: Pick<Clock, "after">;
  readonly log: Log;
  /** There is never more on disk. */
  readonly capacityBytes?: number;
}

const CAPACITY_BYTES = 200_000_000;

/** What is in memory when the process is killed is lost: so long an entry may wait to be written with others. */
const WAIT_MS = 50;

/** Characters that wait in memory at most, while the disk is slower than what happens. */
const BACKLOG_CHARACTERS = 16 * 1024 * 1024;

/**
 * Opens the record in a directory, or begins one.
 * @throws Error when the directory cannot be written
 */
export const createRunRecord = async (needs: Needs): Promise<RunRecord> => {
  const { directory, clock, log, capacityBytes = CAPACITY_BYTES } = needs;
  const warn = (message: string) => log({ level: "warn", from: "record", message });
  const store = await startStore({ directory, capacityBytes }, warn);
  const backlog = createBacklog(BACKLOG_CHARACTERS);
  const listeners = new Map<RecordKind, Set<(entry: RecordEntry, keys: readonly string[]) => void>>();
  let lastId = store.lastId;
  let writing = 0;
  let cancelTimer: (() => void) | undefined;
  let lost = 0;
  let saidLost = false;

  const sayLost = (reason: string) => {
    if (lost === 0 || saidLost) return;
    saidLost = true;
    warn(`${lost} entries are not in the record: ${reason}. Further ones are not counted here.`);
  };
  const writeSoon = () => {
    cancelTimer ??= clock.after(WAIT_MS, () => {
      cancelTimer = undefined;
      // One batch at a time: what is behind waits here, where it is bounded.
      if (writing === 0) void flush();
    });
  };
  const flush = async () => {
    const batch = backlog.take();
    const dropped = backlog.dropped();
    lost += dropped;
    if (batch.length === 0) return;
    writing++;
    const written = store.ask("write", batch).catch((error: Error) => ({ lost: batch.length, reason: error.message }));
    tell(batch);
    const { lost: notWritten, reason } = await written;
    lost += notWritten;
    sayLost(dropped > 0 ? "they came faster than they could be written" : (reason ?? ""));
    writing--;
    writeSoon();
  };
  const tell = (batch: readonly FiledEntry[]) => {
    if (listeners.size === 0) return;
    for (const { keys, ...entry } of batch) for (const listen of listeners.get(entry.kind) ?? []) listen(entry, keys);
  };

  return {
    write(entry, keys) {
      backlog.add({ ...entry, id: ++lastId, keys });
      if (writing === 0) writeSoon();
    },
    find(keys, kinds) {
      // The thread does as it is asked in order, so what was written before is found.
      void flush();
      return store.ask("find", { keys, kinds });
    },
    latest(kind, limit, source) {
      void flush();
      return store.ask("latest", { kind, limit, source });
    },
    listen(kind, listener) {
      const heard = listeners.get(kind) ?? new Set();
      listeners.set(kind, heard.add(listener));
      return () => void heard.delete(listener);
    },
    bytes() {
      void flush();
      return store.ask("bytes", undefined);
    },
    async stop() {
      cancelTimer?.();
      await flush();
      await store.end();
    },
  };
};
