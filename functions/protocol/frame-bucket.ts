/** How many frames one connection may send. */
export interface FrameLimits {
  readonly framesPerSecond: number;
  /** Frames at once above that. */
  readonly framesBurst: number;
}

/** A connection's two buckets: Unix times in milliseconds at which each is empty. */
export interface Sent {
  /** Of the frames that were taken. */
  readonly takenUntil: number;
  /** Of those that were refused. */
  readonly refusedUntil: number;
}

/** What becomes of a frame. */
export type FrameFate =
  | { readonly fate: "taken" }
  /** The connection is too fast, and may go on after so many seconds. */
  | { readonly fate: "refused"; readonly seconds: number }
  /** It goes on at it: as many frames as a second bucket holds were refused. It is to be ended. */
  | { readonly fate: "flooded" };

/**
 * The decision about a frame, by two leaky buckets that are kept as moments in time, as a room's is. Frames that the
 * first has no place for are refused and go into the second, which is as large and leaks as fast: so who is told to slow
 * down and does is never ended, and who sends more than twice the rate is.
 * @returns what becomes of it, and the buckets after it
 */
export const admitFrame = (
  { framesPerSecond, framesBurst }: FrameLimits,
  { takenUntil, refusedUntil }: Sent,
  now: number,
): readonly [FrameFate, Sent] => {
  const turnMs = 1_000 / framesPerSecond;
  const creditMs = framesBurst * turnMs;
  const taken = Math.max(takenUntil, now) + turnMs;
  if (taken - now <= creditMs) return [{ fate: "taken" }, { takenUntil: taken, refusedUntil }];
  const refused = Math.max(refusedUntil, now) + turnMs;
  // Emptied, so that this is said again where the connection goes on all the same, but not of each of its frames.
  if (refused - now > creditMs) return [{ fate: "flooded" }, { takenUntil, refusedUntil: now }];
  const seconds = Math.max(1, Math.ceil((taken - now - creditMs) / 1_000));
  return [
    { fate: "refused", seconds },
    { takenUntil, refusedUntil: refused },
  ];
};
