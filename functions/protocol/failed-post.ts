import type { PostErrorName } from "../contracts/delivery.ts";

/** How a post failed. */
export interface FailedPost {
  /** The error's name, for example `GoneException` or `TimeoutError`. */
  readonly name: string;
  /** The HTTP status; undefined where no answer came. */
  readonly status?: number | undefined;
  /** Milliseconds since the connection was made. */
  readonly age: number;
}

/**
 * How old a connection must be to be pruned. It does not exist before its `$connect` has answered, and a post before
 * that is answered 410 as if it were gone; two functions that may start cold stand before that answer. The waits of the
 * state machines come to 15 s at least, so the last of them prunes who has vanished.
 */
export const GRACE_MS = 12_000;

/**
 * What to do with a failed post: prune what is gone, try again what may yet succeed, give up the rest: a malformed id
 * (400), a missing permission (403), a frame that is too large (413). Nothing but 410 prunes. The table is in
 * `docs/architecture.md`.
 */
export const fateOf = ({ name, status, age }: FailedPost): "gone" | PostErrorName => {
  if (status === 410 || name === "GoneException") return age < GRACE_MS ? "ConnectionTooYoung" : "gone";
  // Throttled, or this client's send buffer is full.
  if (status === 429) return "LimitExceededException";
  if (name === "TimeoutError") return "PostTimeout";
  if (status === undefined || status >= 500) return "PostUnavailable";
  return "PostRefused";
};
