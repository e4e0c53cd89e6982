import { TRACED_PERCENT } from "./deployment.ts";

/** Lambda decides which requests are traced, and its rate cannot be configured: aws-facts.md, Lambda. */
const RESERVOIR_PER_SECOND = 1;
const RATE = 0.05;

/** The share of requests that X-Ray records, where so many come in a second, evenly. */
export const tracedShare = (perSecond: number): number =>
  perSecond <= RESERVOIR_PER_SECOND
    ? 1
    : (RESERVOIR_PER_SECOND + RATE * (perSecond - RESERVOIR_PER_SECOND)) / perSecond;

/**
 * The share of messages that X-Ray records something of: `publish`, where Lambda has sampled it, and of a share that is
 * decided by itself, all that follows. Both are the same trace.
 */
export const tracedMessages = (sampled: number): number => sampled + ((1 - sampled) * TRACED_PERCENT) / 100;
