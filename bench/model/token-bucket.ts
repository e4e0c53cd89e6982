/** A quota of so many a second, and so many at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Takes tokens where there are enough. @returns whether there were */
export type TokenBucket = (tokens?: number) => boolean;

/** A bucket that is full at first. @param elapsed milliseconds, any origin */
export const createTokenBucket = ({ perSecond, burst }: Rate, elapsed: () => number): TokenBucket => {
  let level = burst;
  let filledAt = elapsed();
  return (tokens = 1) => {
    const now = elapsed();
    level = Math.min(burst, level + ((now - filledAt) / 1000) * perSecond);
    filledAt = now;
    if (level < tokens) return false;
    level -= tokens;
    return true;
  };
};
