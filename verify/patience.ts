import { setTimeout as wait } from "node:timers/promises";

const PAUSE_MS = 250;

/** What was asked for did not come in time. */
export const late = (what: string, ms: number) => new Error(`${what} did not come within ${ms / 1000} s.`);

/** Looks again and again until there is something. @throws Error naming what did not come within this time */
export const eventually = async <T>(what: string, ms: number, look: () => Promise<T | undefined>): Promise<T> => {
  for (const end = Date.now() + ms; ; await wait(PAUSE_MS)) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() >= end) throw late(what, ms);
  }
};
