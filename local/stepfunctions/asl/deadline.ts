import type { Clock } from "../../clock.ts";

/** How long an Express execution runs at most, in milliseconds: no timer inside one needs to be longer. */
export const longestRunMs = 5 * 60_000;

/** A time limit and what is thrown when it passes. */
export interface Deadline {
  readonly ms: number;
  error(): Error;
}

/**
 * Runs `work` until it settles, a deadline passes, or `parent` aborts, whichever is first. In the latter two cases
 * the signal that `work` was given aborts, and its own outcome is ignored: a service call cannot be taken back. Most
 * work has no deadline: the parent's signal is enough then.
 * @throws the deadline's error, or the parent's reason.
 */
export const withDeadlines = <Result>(
  clock: Clock,
  parent: AbortSignal,
  deadlines: readonly Deadline[],
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> =>
  new Promise((resolve, reject) => {
    parent.throwIfAborted();
    const controller = deadlines.length > 0 ? new AbortController() : undefined;
    const stop = (reason: unknown) => {
      reject(reason);
      controller?.abort(reason);
    };
    const timers = deadlines.map(({ ms, error }) => clock.after(Math.min(ms, longestRunMs), () => stop(error())));
    const onAbort = () => stop(parent.reason);
    parent.addEventListener("abort", onAbort);
    work(controller?.signal ?? parent)
      .then(resolve, reject)
      .finally(() => {
        for (const cancel of timers) cancel();
        parent.removeEventListener("abort", onAbort);
      });
  });
