import { mkdir, open, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../clock.ts";
import { createAppender } from "../../journal/appender.ts";
import { lineOf, readLines } from "../../journal/line.ts";

/** An event of an archive. */
export interface ArchivedEvent {
  /** The event's own `time`, Unix time in milliseconds. */
  readonly time: number;
  /** The whole event, as JSON text. */
  readonly text: string;
}

/** An archive's events, in files one after the other: where they are too many, or too old, the oldest file goes. */
export interface EventFiles {
  /** Resolves once the event is written. @throws what the file system says */
  append(event: ArchivedEvent): Promise<void>;
  /** All that are not too old, by their time. @throws Error naming a file that is damaged */
  read(): Promise<ArchivedEvent[]>;
  close(): Promise<void>;
}

interface Needs {
  readonly directory: string;
  /** Undefined where they are kept for ever. */
  readonly retentionMs: number | undefined;
  readonly clock: Clock;
  /** Bytes of all files together, about and at the most. */
  readonly mostBytes: number;
}

const FILES = 16;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Opens the files in a directory, and makes it where there is none. A file is named by the time at which it was begun. */
export const openEventFiles = async (needs: Needs): Promise<EventFiles> => {
  const { directory, retentionMs, clock, mostBytes } = needs;
  await mkdir(directory, { recursive: true });
  const fileOf = (begun: number) => join(directory, `${begun}.events`);
  const oldest = () => (retentionMs === undefined ? Number.NEGATIVE_INFINITY : clock.now() - retentionMs);

  /** Removes what is too old or too much. All that is in a file came before the next file was begun. */
  const keepNewest = async (files: readonly number[]): Promise<number[]> => {
    const isKept = (_: number, at: number) => at >= files.length - FILES && (files[at + 1] ?? clock.now()) >= oldest();
    const kept = files.filter(isKept);
    for (const begun of files) if (!kept.includes(begun)) await rm(fileOf(begun), { force: true });
    return kept;
  };

  const last = () => files.at(-1) ?? clock.now();
  const openLast = async () => {
    const file = fileOf(last());
    const handle = await open(file, "a");
    // What follows the last line break was being written as the process was killed.
    const size = (await readFile(file)).lastIndexOf("\n") + 1;
    await handle.truncate(size);
    return { handle, size };
  };

  const found = (await readdir(directory)).map((name) => Number.parseInt(name, 10)).sort((one, other) => one - other);
  let files = await keepNewest(found.length > 0 ? found : [clock.now()]);
  const appender = createAppender(await openLast());
  let turning = false;

  const turnOver = async () => {
    files = await keepNewest([...files, Math.max(clock.now(), last() + 1)]);
    return openLast();
  };
  /** Nobody waits for it, and where it fails the file goes on as it is. */
  const turnOverSoon = () => {
    turning = true;
    const settled = () => {
      turning = false;
    };
    void appender.replaceFile(turnOver).then(settled, settled);
  };

  return {
    append: async ({ time, text }) => {
      const isOver = appender.size() > mostBytes / FILES || clock.now() - last() > DAY_MS;
      if (isOver && !turning) turnOverSoon();
      await appender.append(lineOf([String(time), text]), () => {});
    },
    read: async () => {
      const events: ArchivedEvent[] = [];
      for (const begun of files) events.push(...(await eventsOf(fileOf(begun))));
      return events.filter(({ time }) => time >= oldest()).sort((one, other) => one.time - other.time);
    },
    close: () => appender.close(),
  };
};

const eventsOf = async (file: string): Promise<ArchivedEvent[]> => {
  try {
    const { changes } = readLines<string>(await readFile(file));
    return changes.map(([time, text = ""]) => ({ time: Number(time), text }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
};
