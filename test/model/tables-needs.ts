import type { RoomBucket } from "../../functions/protocol/room-bucket.ts";

/** What the tables are made of. Times are Unix time in milliseconds; rows expire by the second, as in DynamoDB. */
export interface TablesNeeds {
  readonly now: () => number;
  readonly newEpoch: () => string;
  /** Whether an eventually consistent read of this row is behind. */
  readonly isStale: (key: string) => boolean;
  /** Brings the index up to date with a row, sooner or later. */
  readonly later: (key: string, bring: () => void) => void;
  readonly retentionDays: number;
  readonly bucket: RoomBucket;
}

export const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1_000);
