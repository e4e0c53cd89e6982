import type { Delivery } from "../functions/contracts/delivery.ts";
import type { MessagePosted } from "../functions/contracts/events.ts";

/** A connection that `room-segment` is told to post to. */
export type Recipient = Omit<Delivery, "frame">;

/** The input of `room-segment`: a range of slots that it reads itself, or with nothing to read the connections. */
export interface SegmentInput {
  readonly message: MessagePosted;
  readonly frame: Delivery["frame"];
  readonly from: string | null;
  readonly to: string | null;
  readonly connections?: readonly Recipient[];
}

/** Its output: what became of the posts, and from where to go on where its time was up. */
export interface Served {
  readonly delivered: number;
  readonly gone: number;
  /** Those that failed again: they are in a new letter. */
  readonly failed: number;
  readonly from: string | null;
}

/** What members get of a message: as in `room-fanout`, which makes it in its first state. */
export const frameOf = ({ sender: _, trace: _trace, audience: _audience, ...message }: MessagePosted) =>
  ({ type: "message", ...message }) as Delivery["frame"];

/** The trace header of an execution: that of the publishing, as far as its posts are to be traced. */
export const traceOf = ({ trace }: MessagePosted, traced: boolean): string =>
  traced ? trace : trace.replace("Sampled=1", "Sampled=0");
