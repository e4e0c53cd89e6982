/** Time as a verb, so that hours are tested in milliseconds. */
export interface Clock {
  /** Unix time in milliseconds. */
  now(): number;
  /** Calls `task` once, `ms` milliseconds from now; the function returned cancels it. */
  after(ms: number, task: () => void): () => void;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

/** Resolves when `start` calls `done`. Calls what `start` returned, and rejects, when the signal aborts first. */
export const until = <T>(signal: AbortSignal, start: (done: (value: T) => void) => () => void): Promise<T> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const abort = () => {
      stop();
      reject(signal.reason);
    };
    signal.addEventListener("abort", abort, { once: true });
    const stop = start((value) => {
      signal.removeEventListener("abort", abort);
      resolve(value);
    });
  });

/** Resolves `ms` milliseconds from now. Rejects with the signal's reason when it aborts first. */
export const sleep = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  until<void>(signal, (done) => clock.after(ms, done));

/** As `promise` does, or rejects with the signal's reason when it aborts first. */
export const orAborted = <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
