import { Worker } from "node:worker_threads";
import type { Message, Question, Questions, Setup } from "./messages.ts";

/** The record's files, in a thread of their own. */
export interface StoreThread {
  /** The last entry's id when it was opened. */
  readonly lastId: number;
  /** Asks the thread. @throws Error when it cannot do it, or has ended */
  ask<Name extends keyof Questions>(name: Name, asked: Questions[Name]["asked"]): Promise<Questions[Name]["answer"]>;
  /** Ends the thread, after what it was asked. */
  end(): Promise<void>;
}

interface Waiting {
  resolve(answer: never): void;
  reject(error: Error): void;
}

/**
 * Starts the thread.
 * @param warn told, in words for a person, of files that cannot be read
 * @throws Error when the directory cannot be written
 */
export const startStore = (setup: Setup, warn: (message: string) => void): Promise<StoreThread> => {
  const worker = new Worker(new URL("./store-thread.ts", import.meta.url), {
    workerData: setup,
    // Node calls its SQLite experimental; what the record needs of it is in every 24.
    execArgv: ["--disable-warning=ExperimentalWarning"],
    env: {},
  });
  // A record is no reason for the process to live on.
  worker.unref();
  const waiting: Waiting[] = [];
  const { promise: started, resolve: opened, reject: notOpened } = Promise.withResolvers<StoreThread>();
  let ended: Error | undefined;

  const ask: StoreThread["ask"] = (name, asked) =>
    new Promise((resolve, reject) => {
      if (ended) return reject(ended);
      waiting.push({ resolve, reject });
      worker.postMessage({ name, asked } as Question);
    });
  const end = async () => {
    worker.ref();
    await ask("close", undefined).catch(() => {});
    await worker.terminate();
  };
  worker.on("message", (message: Message) => {
    if (message.kind === "warning") return warn(message.message);
    if (message.kind === "open") return opened({ lastId: message.lastId, ask, end });
    const { resolve, reject } = waiting.shift() ?? {};
    if (message.kind === "answer") resolve?.(message.answer as never);
    else reject?.(new Error(message.message));
  });
  worker.on("error", (error) => {
    ended = error as Error;
  });
  worker.on("exit", () => {
    ended ??= new Error("The record's thread has ended.");
    notOpened(ended);
    for (const { reject } of waiting.splice(0)) reject(ended);
  });
  return started;
};
