import type { Clock } from "../clock.ts";
import type { Route } from "./stage.ts";

/** A rate in requests a second, and how many may come at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** A token bucket, full at first: `take` says whether there was a token for one more request. */
export const createTokenBucket = ({ perSecond, burst }: Rate, now: () => number): { take(): boolean } => {
  let tokens = burst;
  let filledAt = now();
  return {
    take() {
      const at = now();
      tokens = Math.min(burst, tokens + ((at - filledAt) / 1000) * perSecond);
      filledAt = at;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
};

/**
 * Who may pass: the account's bucket is shared by frames of all APIs and `@connections`, and a route with settings of
 * its own or its stage's has a further one.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-protect.html
 */
export const createThrottle = (account: Rate, clock: Clock) => {
  const shared = createTokenBucket(account, clock.now);
  const ofRoutes = new Map<Route, ReturnType<typeof createTokenBucket>>();
  const bucketOf = (route: Route) => {
    const { perSecond, burst } = route.throttling;
    if (perSecond === undefined && burst === undefined) return undefined;
    const known = ofRoutes.get(route);
    if (known) return known;
    const bucket = createTokenBucket(
      { perSecond: perSecond ?? account.perSecond, burst: burst ?? account.burst },
      clock.now,
    );
    ofRoutes.set(route, bucket);
    return bucket;
  };
  return {
    /** One call of `@connections`. */
    admitsCallback: (): boolean => shared.take(),
    /** One upgrade, or one frame on its route; a frame without a route counts with the account only. */
    admits: (route: Route | undefined): boolean => shared.take() && (!route || (bucketOf(route)?.take() ?? true)),
  };
};

export type Throttle = ReturnType<typeof createThrottle>;
