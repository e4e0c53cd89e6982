import { readFile } from "node:fs/promises";
import { chooseFunction, type Named } from "./choose-function.ts";
import type { Spent } from "./spent.ts";

/** The functions of a runtime, in this process or in another one. */
export interface Target {
  readonly functions: readonly Named[];
  /** Runs one with an event, given as JSON text. */
  invoke(name: string, payload: string): Promise<Answer>;
  /** Leaves the runtime as it was found. */
  stop(): Promise<void>;
}

/** What came of it. */
interface Answer extends Spent {
  /** JSON text: the response, or with `failed` the error. */
  readonly payload: string;
  readonly failed: boolean;
}

interface Needs {
  /** A runtime: one that runs, or else one that is started for this. */
  open(): Promise<Target>;
  /** Takes the response, for a pipe. */
  print(text: string): void;
  /** Takes what is said about it, for a person. */
  tell(text: string): void;
}

/**
 * One function with one event: `npm run invoke -- publish test/events/publish.json`.
 * @returns the exit code: 1 where the function failed
 * @throws Error, in one sentence, where it cannot be invoked
 */
export const invokeCommand = async (args: readonly string[], { open, print, tell }: Needs): Promise<number> => {
  const [word, file, ...more] = args;
  if (!word || !file || more.length > 0) throw new Error("Usage: npm run invoke -- <function> <event.json>");
  const payload = await readEvent(file);
  const target = await open();
  try {
    const { name } = chooseFunction(word, target.functions);
    const answer = await target.invoke(name, payload);
    print(`${JSON.stringify(JSON.parse(answer.payload), null, 2)}\n`);
    tell(`${name} ${answer.failed ? "failed" : "answered"}${cost(answer)}\n`);
    return answer.failed ? 1 : 0;
  } finally {
    await target.stop();
  }
};

const cost = ({ durationMs, memoryMb }: Spent): string =>
  ` in ${durationMs.toFixed(1)} ms, with ${memoryMb} MB of memory.`;

const readEvent = async (file: string): Promise<string> => {
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new Error(`The event ${file} cannot be read: ${error.message}`);
  });
  try {
    return JSON.stringify(JSON.parse(text));
  } catch (error) {
    throw new Error(`The event ${file} is not JSON: ${(error as Error).message}`);
  }
};
