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

/** Calls `task` when the signal aborts, or at once if it has. The function returned makes it forget that. */
export const whenAborted = (signal: AbortSignal | undefined, task: () => void): (() => void) => {
  if (signal?.aborted) task();
  else signal?.addEventListener("abort", task, { once: true });
  return () => signal?.removeEventListener("abort", task);
};

/** Aborts when one of them does. */
export const eitherOf = (signal: AbortSignal, other: AbortSignal | undefined): AbortSignal =>
  other ? AbortSignal.any([signal, other]) : signal;

/** Resolves when `start` calls `done`. Calls what `start` returned, and rejects, when the signal aborts first. */
export const until = <T>(signal: AbortSignal, start: (done: (value: T) => void) => () => void): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = start((value) => {
      forget();
      resolve(value);
    });
    const forget = whenAborted(signal, () => {
      stop();
      reject(signal.reason);
    });
  });

/** Resolves `ms` milliseconds from now. Rejects with the signal's reason when it aborts first. */
export const sleep = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  until<void>(signal, (done) => clock.after(ms, done));

/** As `promise` does, or rejects with the signal's reason when it aborts first. */
export const orAborted = <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const forget = whenAborted(signal, () => reject(signal.reason));
    promise.then(resolve, reject).finally(forget);
  });
