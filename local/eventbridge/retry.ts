/** A target's `RetryPolicy`, with EventBridge's defaults filled in. */
export interface RetryPolicy {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
}

/** What follows a failed delivery: another try after a while, or the condition that ended the tries. */
export type AfterFailure =
  | { readonly retryAfterMs: number }
  | { readonly exhausted: "MaximumRetryAttempts" | "MaximumEventAgeInSeconds" };

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** 185 retries over 24 hours, https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html */
export const retryPolicy = (
  declared: { MaximumRetryAttempts?: number | undefined; MaximumEventAgeInSeconds?: number | undefined } = {},
): RetryPolicy => ({
  maximumRetryAttempts: declared.MaximumRetryAttempts ?? 185,
  maximumEventAgeSeconds: declared.MaximumEventAgeInSeconds ?? 86_400,
});

/**
 * Decides after a failure that may pass. Waits double from one second to 15 minutes and are then taken at random
 * between a half and the whole: AWS documents exponential backoff with jitter, and no numbers.
 * @param retries how many retries there were already
 * @param ageMs how old the event is
 * @param random a number from 0 to 1
 */
export const afterFailure = (policy: RetryPolicy, retries: number, ageMs: number, random: number): AfterFailure => {
  if (retries >= policy.maximumRetryAttempts) return { exhausted: "MaximumRetryAttempts" };
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** retries);
  const retryAfterMs = Math.round(wait * (0.5 + random / 2));
  if (ageMs + retryAfterMs > policy.maximumEventAgeSeconds * 1000) return { exhausted: "MaximumEventAgeInSeconds" };
  return { retryAfterMs };
};
