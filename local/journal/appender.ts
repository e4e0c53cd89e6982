import type { FileHandle } from "node:fs/promises";

/** A file open for appending, and the bytes it has. */
export interface AppendableFile {
  readonly handle: Pick<FileHandle, "appendFile" | "truncate" | "close">;
  readonly size: number;
}

/** Appends text to a file. */
export interface Appender {
  /**
   * Resolves once the text is written, after calling `written`: no other turn at the file comes between.
   * @throws what the file system says, for example ENOSPC; nothing is left of the text then.
   */
  append(text: string, written: () => void): Promise<void>;
  /** Bytes in the file. */
  size(): number;
  /** Runs `task` while no write is under way and goes on with the file that it returns; appends wait for it. */
  replaceFile(task: () => Promise<AppendableFile>): Promise<void>;
  /** Waits for what is under way and closes the file. */
  close(): Promise<void>;
}

interface Waiting {
  readonly text: string;
  readonly written: () => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * An appender with group commit: texts that arrive while a write is under way share the next one, in their order.
 * There is no fsync: what was written survives the death of the process in the operating system's page cache, and
 * the death of the machine is not what a local runtime is kept safe from.
 */
export const createAppender = (first: AppendableFile): Appender => {
  let { handle, size } = first;
  let waiting: Waiting[] = [];
  let unusable: unknown;
  let tail: Promise<unknown> = Promise.resolve();
  let scheduled = false;

  const inTurn = <Result>(task: () => Promise<Result>): Promise<Result> => {
    const result = tail.then(task);
    tail = result.catch(() => undefined);
    return result;
  };

  const write = async () => {
    scheduled = false;
    const batch = waiting;
    waiting = [];
    const bytes = Buffer.from(batch.map(({ text }) => text).join(""));
    try {
      if (unusable) throw unusable;
      await handle.appendFile(bytes);
      size += bytes.length;
      for (const { written } of batch) written();
      for (const { resolve } of batch) resolve();
    } catch (error) {
      // A part of the batch may have been written: where it can't be cut off, no further line may follow it.
      await handle.truncate(size).catch((reason) => {
        unusable = reason;
      });
      for (const { reject } of batch) reject(error);
    }
  };

  return {
    append: (text, written) =>
      new Promise((resolve, reject) => {
        waiting.push({ text, written, resolve, reject });
        if (scheduled) return;
        scheduled = true;
        void inTurn(write);
      }),
    size: () => size,
    replaceFile: (task) =>
      inTurn(async () => {
        const next = await task();
        await handle.close();
        ({ handle, size } = next);
      }),
    close: () => inTurn(() => handle.close()),
  };
};
