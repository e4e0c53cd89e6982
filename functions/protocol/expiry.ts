/**
 * Whether a token has expired.
 * @param validUntil Unix time in seconds, clock skew included; undefined where there is no token
 * @param now Unix time in milliseconds
 */
export const isExpired = (validUntil: number | undefined, now: number): boolean =>
  validUntil !== undefined && now >= validUntil * 1000;
