import type { Clock } from "../clock.ts";

/** Lets long polls wait for something to happen in their queue. */
export const createArrivals = (clock: Clock) => {
  const waiting = new Set<(goOn: boolean) => void>();
  let ended = false;
  const wake = (goOn: boolean) => {
    for (const resolve of waiting) resolve(goOn);
  };
  return {
    /** A message may have become visible, or will do so earlier than thought. */
    announce: (): void => wake(true),

    /** Resolves to true at the next announcement or after `ms`; to false when the caller has left or all has ended. */
    next: (ms: number, signal: AbortSignal | undefined): Promise<boolean> =>
      new Promise((resolve) => {
        const settle = (goOn: boolean) => {
          waiting.delete(settle);
          cancel();
          signal?.removeEventListener("abort", leave);
          resolve(goOn);
        };
        const leave = () => settle(false);
        const cancel = clock.after(Math.max(0, ms), () => settle(true));
        waiting.add(settle);
        signal?.addEventListener("abort", leave, { once: true });
        if (ended || signal?.aborted) settle(false);
      }),

    end: (): void => {
      ended = true;
      wake(false);
    },
  };
};
