/** What keeps a room's presence from costing more than it is worth. Times are Unix time in milliseconds. */
export interface Pace {
  /** When somebody will look who is in the room: whoever joins or leaves before that need do nothing. */
  readonly lookAt?: number | undefined;
  /** Until when the room counts as too large to be told who joins, leaves and types. */
  readonly crowdedUntil?: number | undefined;
  /** Who was told to be typing of late. */
  readonly typed?: readonly Typed[] | undefined;
}

export interface Typed {
  /** The identity of who types. */
  readonly id: string;
  readonly at: number;
}

/** How long joins and leaves are gathered into one look. */
export const GATHERING_MS = 1_000;
/** How long a room that was found too large is left alone. */
export const CROWDED_MS = 60_000;
/** A room is told at most once in this time that somebody types. */
export const TYPING_PAUSE_MS = 1_000;
/** And of the same person at most once in this time. */
const TYPIST_PAUSE_MS = 3_000;

const isCrowded = ({ crowdedUntil = 0 }: Pace, now: number) => crowdedUntil > now;

/** Whether whoever has just joined or left has to see to it that somebody looks. */
export const isLookDue = (pace: Pace, now: number): boolean => !isCrowded(pace, now) && (pace.lookAt ?? 0) <= now;

/**
 * Who was told to be typing of late, if this person is told now too. Bounded: one a room's pause and none twice in a
 * person's pause are three at most.
 * @returns undefined when the room is not to be told
 */
export const typedAfter = (pace: Pace, id: string, now: number): readonly Typed[] | undefined => {
  if (isCrowded(pace, now)) return undefined;
  const recent = (pace.typed ?? []).filter(({ at }) => at > now - TYPIST_PAUSE_MS);
  if (recent.some((typed) => typed.id === id || typed.at > now - TYPING_PAUSE_MS)) return undefined;
  return [...recent, { id, at: now }];
};
