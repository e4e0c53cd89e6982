/** Lambda decides which requests are traced, and its rate cannot be configured: aws-facts.md, Lambda. */
const RESERVOIR_PER_SECOND = 1;
const RATE = 0.05;

/** The share of requests that X-Ray records, where so many come in a second, evenly. */
export const tracedShare = (perSecond: number): number =>
  perSecond <= RESERVOIR_PER_SECOND
    ? 1
    : (RESERVOIR_PER_SECOND + RATE * (perSecond - RESERVOIR_PER_SECOND)) / perSecond;
