import { setTimeout as sleep } from "node:timers/promises";

/** Does `count` pieces of work, at most `width` at a time. */
export const inTurns = async (
  count: number,
  width: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> => {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
};

const FIRST_PAUSE_MS = 250;

/** Does what may fail up to so many times, each pause twice the one before. @throws the last failure */
export const untilItWorks = async <Result>(tries: number, work: () => Promise<Result>): Promise<Result> => {
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (tried >= tries) throw error;
      await sleep(FIRST_PAUSE_MS * 2 ** (tried - 1));
    }
  }
};
