import * as v from "valibot";
import { wholeNumber } from "./values.ts";

/** How much clients may ask for. */
export const limitEntries = {
  /** Frames a second that the stage takes from all its clients. Posts share the account's 10,000 a second with them. */
  framesPerSecond: v.optional(wholeNumber(1, 1_000_000), 2_000),
  /** Frames that may come at once above that. */
  framesBurst: v.optional(wholeNumber(1, 5_000), 1_000),
  /** Frames a second that one connection may send, over time: ten times what a person types. */
  connectionFramesPerSecond: v.optional(wholeNumber(1, 1_000), 10),
  /** Frames that it may send at once above that: 50 are a join of each room that a connection may be in. */
  connectionFramesBurst: v.optional(wholeNumber(1, 10_000), 50),
  /** Messages a second that one room takes, over time: more than anybody reads. */
  roomMessagesPerSecond: v.optional(wholeNumber(1, 1_000), 50),
  /** Recipients a second that one room's messages may have, over time: half of the account's posts, so that no room takes all. */
  roomRecipientsPerSecond: v.optional(wholeNumber(1, 1_000_000), 5_000),
  /** Recipients above that which a room may run up before it is refused: as many as the account posts to in a second. */
  roomRecipientsBurst: v.optional(wholeNumber(1, 1_000_000), 10_000),
  /** Connections that one identity may have at once: the devices and windows of a person. */
  connectionsPerIdentity: v.optional(wholeNumber(1, 1_000), 20),
  /**
   * Connections a second that the stage takes, and as many at once above that: half of the 500 that an account makes,
   * so that in the second after a break all of them are used, and later another stage has its share.
   */
  connectsPerSecond: v.optional(wholeNumber(1, 5_000), 250),
  /**
   * `join` frames a second that the stage takes, and as many at once above that. All of them may be of one room, which
   * is one partition of an index, and that takes 1,000 writes a second: connecting and leaving write there too.
   */
  joinsPerSecond: v.optional(wholeNumber(1, 5_000), 500),
} as const;
