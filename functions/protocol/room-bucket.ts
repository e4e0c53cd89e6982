import { SMALL_ROOM } from "../contracts/publishing.ts";
import { Refusal } from "./refusal.ts";

/** How much of the account a room may use, in recipients: connections that its messages are posted to. */
export interface RoomLimits {
  readonly recipientsPerSecond: number;
  /** Recipients at once above that. */
  readonly recipientsBurst: number;
  /** Messages a second, however few get them. */
  readonly messagesPerSecond: number;
}

/** A room's bucket, as its row has it; a field is missing until it is set for the first time. */
export interface BucketRow {
  /** How many recipients the newest message had whose fan-out has ended. */
  readonly audience?: number | undefined;
  /** The time that a message to so many takes out of the bucket, in milliseconds. */
  readonly turnMs?: number | undefined;
  /** Unix time in milliseconds at which the room owes nothing any more. */
  readonly busyUntil?: number | undefined;
}

export interface RoomBucket {
  /** `turnMs` of a room of which none is known. */
  readonly smallestTurnMs: number;
  /** How far ahead of now `busyUntil` may be when a message is taken, in milliseconds. */
  readonly creditMs: number;
  /** What a message was charged as, in recipients: 0 where it is not known, or was reckoned at another rate than this. */
  chargedAs(row: BucketRow): number;
  /** Says when the room will take a message that it does not take now, at Unix time `now` in milliseconds. */
  tooBusy(row: BucketRow, now: number): Refusal;
}

/**
 * The decisions about a room's bucket, a leaky one that is kept as a moment in time (the generic cell rate algorithm of
 * ITU-T I.371): each message puts `busyUntil` off by `turnMs`, and none is taken while it is more than the burst ahead.
 * A room that owes nothing is always served, however large: it goes into debt, and pays before its next message.
 */
export const roomBucket = ({ recipientsPerSecond, recipientsBurst, messagesPerSecond }: RoomLimits): RoomBucket => {
  const turnOf = (audience: number) =>
    Math.ceil(Math.max((Math.max(audience, SMALL_ROOM) * 1_000) / recipientsPerSecond, 1_000 / messagesPerSecond));
  const creditMs = Math.floor((recipientsBurst * 1_000) / recipientsPerSecond);
  return {
    smallestTurnMs: turnOf(0),
    creditMs,
    chargedAs: ({ audience = 0, turnMs }) => (turnMs === turnOf(audience) ? audience : 0),
    tooBusy: ({ busyUntil = 0 }, now) => {
      const seconds = Math.max(1, Math.ceil((busyUntil - creditMs - now) / 1_000));
      return new Refusal(
        "RATE_LIMITED",
        `This room is busy: it takes another message in ${seconds} s. Try again then.`,
      );
    },
  };
};
