import { type Clock, eitherOf, orAborted } from "./clock.ts";
import type { Events } from "./events.ts";
import type { AnswerOf, AnswerTo, Position, Question } from "./frames.ts";
import { iterate } from "./iterate.ts";
import type { Membership } from "./membership.ts";
import type { Room, RoomEvents } from "./room.ts";

interface Needs {
  readonly name: string;
  readonly clock: Clock;
  readonly events: Events<RoomEvents>;
  /** Aborts when the room is left for good. */
  readonly ended: AbortSignal;
  readonly membership: Membership;
  readonly state: () => Room["state"];
  readonly position: () => Position | undefined;
  readonly publish: (data: unknown, signal: AbortSignal | undefined) => Promise<AnswerOf<"ack">>;
  readonly leave: () => Promise<void>;
}

const TYPING_EVERY_MS = 3_000;

/** What an answer says, without what made it a frame. */
const unwrapped = <A extends AnswerTo<Question>>({ type, room, ref, ...said }: A) => said;

/** A room as the application has it: nothing of the frames and refs that it is made of shows. */
export const applicationRoom = (needs: Needs): Room => {
  const { name, clock, events, ended, membership, state, position, publish, leave } = needs;
  let quietUntil = 0;

  /** What is answered, unless the room is left or the caller has enough before it comes. */
  const ask = async <Asked extends Question>(question: Asked, signal: AbortSignal | undefined) =>
    unwrapped(await orAborted(membership.ask(question, signal), eitherOf(ended, signal)));

  return {
    name,
    on: events.on,
    get state() {
      return state();
    },
    get position() {
      return position();
    },
    publish: async (data, { signal } = {}) => unwrapped(await publish(data, signal)),
    members: ({ signal, ...page } = {}) => ask({ message: "members", ...page }, signal),
    history: ({ signal, ...page }) => ask({ message: "history", ...page }, signal),
    typing: () => {
      if (!membership.via || clock.now() < quietUntil) return;
      quietUntil = clock.now() + TYPING_EVERY_MS;
      membership.via.tell({ message: "typing", room: name });
    },
    leave,
    [Symbol.asyncIterator]: () =>
      iterate(({ each, end }) => {
        if (ended.aborted) end();
        const stopping = new AbortController();
        events.on("message", each, stopping);
        events.on("state", (now) => now.state === "left" && end(now.error), stopping);
        return () => stopping.abort();
      }),
  };
};
