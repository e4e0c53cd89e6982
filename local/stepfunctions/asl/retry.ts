import type * as v from "valibot";
import { type ExecutionError, errorEquals } from "./errors.ts";
import type { retrier } from "./fields.ts";

/** A retrier with its defaults filled in. */
export type Retrier = v.InferOutput<typeof retrier>;

/**
 * Milliseconds to wait before a retry.
 * @param attempt 0 for this retrier's first retry.
 * @param random from 0 to below 1, for `JitterStrategy: FULL`, which waits anything up to the whole delay.
 */
const retryDelayMs = (retrier: Retrier, attempt: number, random: () => number): number => {
  const { IntervalSeconds, BackoffRate, MaxDelaySeconds = Number.POSITIVE_INFINITY, JitterStrategy } = retrier;
  const seconds = Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds);
  return seconds * 1000 * (JitterStrategy === "FULL" ? random() : 1);
};

/**
 * Counts the retries of one entry into a state. The first retrier that names the error decides; once it is used up,
 * no later one is asked.
 * @returns milliseconds to wait, or undefined when the error is not to be retried.
 */
export const createRetries = (retriers: readonly Retrier[], random: () => number) => {
  const used = retriers.map(() => 0);
  return (error: ExecutionError): number | undefined => {
    const index = retriers.findIndex(({ ErrorEquals }) => errorEquals(ErrorEquals, error));
    const retrier = retriers[index];
    const attempt = used[index] ?? 0;
    if (!retrier || attempt >= retrier.MaxAttempts) return undefined;
    used[index] = attempt + 1;
    return retryDelayMs(retrier, attempt, random);
  };
};
