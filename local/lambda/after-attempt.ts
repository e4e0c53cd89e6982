import type { AsynchronousConfig } from "./event-invoke-config.ts";

/** Why an event is given up, in the words of its record. */
export type Condition = "RetriesExhausted" | "EventAgeExceeded" | "ZeroReservedConcurrency";

/** What has come of an event so far. */
export interface Attempts {
  /** How often the function ran and failed. */
  readonly failed: number;
  /** How often Lambda itself could not run it: throttling and errors of the service. */
  readonly refused: number;
  /** What the latest attempt came to. */
  readonly latest: "failed" | "refused";
  /** Milliseconds since the event was queued. */
  readonly ageMs: number;
}

/** A minute after the function's first failure, two after the second. */
const AFTER_FAILURE_MS = [60_000, 120_000];
const FIRST_AFTER_REFUSAL_MS = 1_000;
const LONGEST_AFTER_REFUSAL_MS = 300_000;

/**
 * Decides what follows an attempt of an asynchronous invocation that did not succeed. Only the function's own failures
 * count as retries: what Lambda could not run is tried for as long as the event may live.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export const afterAttempt = (
  config: AsynchronousConfig,
  { failed, refused, latest, ageMs }: Attempts,
): { readonly retryAfterMs: number } | { readonly condition: Condition } => {
  if (latest === "failed" && failed > config.maximumRetryAttempts) return { condition: "RetriesExhausted" };
  const retryAfterMs =
    latest === "failed"
      ? (AFTER_FAILURE_MS[failed - 1] ?? 0)
      : Math.min(LONGEST_AFTER_REFUSAL_MS, FIRST_AFTER_REFUSAL_MS * 2 ** (refused - 1));
  if (ageMs + retryAfterMs > config.maximumEventAgeSeconds * 1000) return { condition: "EventAgeExceeded" };
  return { retryAfterMs };
};
