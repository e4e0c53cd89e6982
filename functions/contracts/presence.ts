import type { FrameToMembers } from "../protocol/answers.ts";
import type { Delivery } from "./delivery.ts";
import type { MEMBERSHIP_CHANGED, MembershipChanged, TYPING_STARTED, TypingStarted } from "./events.ts";

/** The most connections that `presenceMembers` may be: as many names fit one frame. */
export const MOST_PRESENCE_MEMBERS = 100;

/** What `roster` is invoked with: the event that the state machine was started by. */
export type Stir =
  | { readonly "detail-type": typeof MEMBERSHIP_CHANGED; readonly detail: MembershipChanged }
  | { readonly "detail-type": typeof TYPING_STARTED; readonly detail: TypingStarted };

/** What a look has found: without a frame there is nothing to tell. */
export interface Look {
  readonly frame?: Extract<FrameToMembers, { type: "presence" | "typing" }>;
  readonly connections: readonly Omit<Delivery, "frame">[];
}
