import { type Clock, orAborted } from "./clock.ts";
import type { Events } from "./events.ts";
import type { Answer, AnswerOf, Position, Request } from "./frames.ts";
import { iterate } from "./iterate.ts";
import type { Membership } from "./membership.ts";
import type { Room, RoomEvents } from "./room.ts";

/** Which page of history. */
export type Page = Pick<Extract<Request, { message: "history" }>, "after" | "epoch" | "limit">;

interface Needs {
  readonly name: string;
  readonly clock: Clock;
  readonly events: Events<RoomEvents>;
  /** Aborts when the room is left for good. */
  readonly ended: AbortSignal;
  readonly membership: Membership;
  /** A ref that was never used. */
  readonly newRef: () => string;
  readonly state: () => Room["state"];
  readonly position: () => Position | undefined;
  readonly publish: (data: unknown, signal: AbortSignal | undefined) => Promise<AnswerOf<"ack">>;
  readonly page: (page: Page, signal: AbortSignal | undefined) => Promise<AnswerOf<"history">>;
  readonly leave: () => Promise<void>;
}

const TYPING_EVERY_MS = 3_000;

/** What an answer says, without what made it a frame. */
const unwrapped = <A extends Answer>({ type, room, ref, ...said }: A & { readonly room: string }) => said;

/** A room as the application has it: nothing of the frames and refs that it is made of shows. */
export const applicationRoom = (needs: Needs): Room => {
  const { name, clock, events, ended, membership, newRef, state, position, publish, page, leave } = needs;
  let typedAt = Number.NEGATIVE_INFINITY;

  /** As the answer, unless the room is left or the caller has enough before it comes. */
  const abortable = <T>(answer: Promise<T>, signal: AbortSignal | undefined) =>
    orAborted(answer, signal ? AbortSignal.any([ended, signal]) : ended);

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
    members: async ({ after, signal } = {}) => {
      const request = { message: "members" as const, room: name, after, ref: newRef() };
      return unwrapped(await abortable(membership.ask("members", request, signal), signal));
    },
    history: async ({ signal, ...which }) => unwrapped(await abortable(page(which, signal), signal)),
    typing: () => {
      if (!membership.via || clock.now() - typedAt < TYPING_EVERY_MS) return;
      typedAt = clock.now();
      membership.via.tell({ message: "typing", room: name });
    },
    leave,
    [Symbol.asyncIterator]: () =>
      iterate(({ each, end }) => {
        if (ended.aborted) end();
        const stops = [events.on("message", each), events.on("state", (now) => now.state === "left" && end(now.error))];
        return () => {
          for (const stop of stops) stop();
        };
      }),
  };
};
