import type { FrameToMembers } from "../protocol/answers.ts";

/** What `post` is invoked with: one frame for one connection. */
export interface Delivery {
  readonly frame: FrameToMembers;
  readonly connectionId: string;
  /** Unix time in milliseconds. */
  readonly connectedAt: number;
  /** When its token expires, in Unix seconds; not there for a guest. */
  readonly validUntil?: number;
}

/** What became of it. A post that failed is an error, by whose name the state machines try again or not. */
export type Outcome = "delivered" | "gone";

/** The names of `post`'s errors. All but `PostRefused` are worth another try: `statemachines/posting.json` knows that one. */
export type PostErrorName =
  | "LimitExceededException"
  | "PostTimeout"
  | "PostUnavailable"
  | "ConnectionTooYoung"
  | "PostRefused";
