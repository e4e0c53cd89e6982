import { type Clock, sleep } from "../../../local/clock.ts";

/** What is read more seldom than it is asked for. */
export interface Refreshed<Value> {
  /** What was read last; only the first who ask wait for it, a second at most. Where it is time, it is read again. */
  current(): Promise<Value>;
}

interface Needs<Value> {
  read(): Promise<Value>;
  /** What there is as long as it cannot be read. */
  readonly first: Value;
  /** At most as often as this, in milliseconds, and for at most a tenth of the time. */
  readonly everyMs: number;
  readonly clock: Clock;
  failed(error: Error): void;
}

const LONGEST_WAIT_MS = 1_000;

/** Spares what is looked at: a scan of a large table takes a tenth of its time, however many look. */
export const createRefreshed = <Value>({ read, first, everyMs, clock, failed }: Needs<Value>): Refreshed<Value> => {
  let value = first;
  let reading: Promise<void> | undefined;
  let known: Promise<void> | undefined;
  let dueAt = 0;
  const refresh = async () => {
    const began = clock.now();
    try {
      value = await read();
    } catch (error) {
      failed(error instanceof Error ? error : new Error(String(error)));
    }
    dueAt = Math.max(began + everyMs, clock.now() + 9 * (clock.now() - began));
    reading = undefined;
  };
  return {
    async current() {
      if (!reading && clock.now() >= dueAt) reading = refresh();
      known ??= Promise.race([reading, sleep(clock, LONGEST_WAIT_MS)]);
      await known;
      return value;
    },
  };
};
