/**
 * Time as a verb, so that quotas of hours are tested in milliseconds: nothing in the runtime reads the system's
 * clock or sets a timer by itself.
 */
export interface Clock {
  /** Unix time in milliseconds. */
  now(): number;
  /** Calls `task` once, `ms` milliseconds from now; the function returned cancels it. */
  after(ms: number, task: () => void): () => void;
}

/** The machine's own clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Resolves `ms` milliseconds from now; rejects with the signal's reason when it aborts first. */
export const sleep = (clock: Clock, ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = () => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = clock.after(ms, () => {
      signal?.removeEventListener("abort", stop);
      resolve();
    });
    signal?.addEventListener("abort", stop, { once: true });
  });
