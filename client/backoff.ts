const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/**
 * How long to wait before trying for the `attempt`-th time again, in milliseconds: anything between nothing and a limit
 * that doubles each time ("full jitter"), so that clients cut together do not come back together.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export const backoff = (attempt: number, random: () => number): number =>
  Math.round(random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt));
