import type { Clock, Message, Missed, Room } from "../../index.ts";
import { type Entry, messageEntry, missedEntry } from "./timeline.ts";

/** What came into a room within a moment. */
export interface Arrived {
  readonly entries: readonly Entry[];
  readonly messages: readonly Message[];
  /** The room's numbers began anew, and this is all that there is of it. */
  readonly anew: boolean;
}

/** So often at the most does a room change on the screen: a busy one would leave no time for typing. */
const TOGETHER_MS = 60;

/** Gathers what comes into a room, and gives it out together; one's own messages do not wait. */
export const followArrivals = (room: Room, clock: Clock, take: (arrived: Arrived) => void): void => {
  let entries: Entry[] = [];
  let messages: Message[] = [];
  let anew = false;
  let cancel: (() => void) | undefined;

  const give = () => {
    cancel?.();
    cancel = undefined;
    const arrived = { entries, messages, anew };
    entries = [];
    messages = [];
    anew = false;
    take(arrived);
  };
  room.on("message", (message) => {
    entries.push(messageEntry(message));
    messages.push(message);
    if (message.mine) give();
    else cancel ??= clock.after(TOGETHER_MS, give);
  });
  room.on("missed", (missed: Missed) => {
    if (missed.reason === "epoch") {
      entries = [];
      anew = true;
    }
    entries.push(missedEntry(missed));
    cancel ??= clock.after(TOGETHER_MS, give);
  });
};
