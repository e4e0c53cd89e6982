import type { AnswerOf, Position } from "./frames.ts";
import type { Message, Missed } from "./messages.ts";

/** What comes next in a room. */
export type Next =
  | { readonly message: Message; readonly missed?: undefined }
  | { readonly missed: Missed; readonly message?: undefined };

/**
 * The order of a room: takes messages as they come, repeated, out of order and with gaps, and gives each once and in
 * order. It knows the numbers only: it asks nobody and waits for nothing.
 */
export interface RoomLog {
  /** Up to where `next` has given everything. Undefined until the room's head is known. */
  readonly position: Position | undefined;
  /** Whether the next message exists and has not come. */
  readonly behind: boolean;
  /** Takes a message that came. */
  take(message: Message): void;
  /** Takes one's own message: kept also if the window is full, since it comes no second time. */
  takeOwn(message: Message): void;
  /** Notes that the room has messages up to this number. */
  note(head: number): void;
  /** Takes the room's head, as the server says it. */
  headIs(head: Position): void;
  /** Takes a page of history, which was asked for at that position. */
  page(asked: Position, page: AnswerOf<"history">, messages: readonly Message[]): void;
  /** The next message, or what is told in the place of messages; undefined if that has not come yet. */
  next(): Next | undefined;
}

/** How many numbers ahead of its position a room keeps messages. What is further ahead is brought by history. */
export const WINDOW = 1_000;

/** @param after where to go on; without it from the head that the room has when it is first known */
export const createRoomLog = (room: string, after?: Position): RoomLog => {
  let position = after;
  let head = after?.seq ?? 0;
  /** What came ahead of its turn; null for a number that history has skipped. */
  const waiting = new Map<number, Message | null>();
  /** Numbers up to this one are gone, unless they are waiting. */
  let goneUpTo = 0;
  let begunAnew: Missed | undefined;

  const isAhead = (seq: number) => seq > (position?.seq ?? 0);

  const note = (seq: number) => {
    head = Math.max(head, seq);
  };
  const headIs = ({ epoch, seq }: Position) => {
    if (!position) {
      position = { epoch, seq };
      for (const early of waiting.keys()) if (early <= seq) waiting.delete(early);
    } else if (position.epoch !== epoch) {
      waiting.clear();
      position = { epoch, seq };
      head = seq;
      goneUpTo = 0;
      begunAnew = { room, from: 1, to: seq, reason: "epoch" };
    }
    note(seq);
  };

  return {
    get position() {
      return position;
    },
    get behind() {
      return position !== undefined && head > position.seq && !waiting.has(position.seq + 1);
    },
    take: (message) => {
      const { seq } = message;
      note(seq);
      const fits = position ? seq <= position.seq + WINDOW : waiting.size < WINDOW;
      if (fits && isAhead(seq) && !waiting.has(seq)) waiting.set(seq, message);
    },
    takeOwn: (message) => {
      note(message.seq);
      if (isAhead(message.seq)) waiting.set(message.seq, message);
    },
    note,
    headIs,
    page: (asked, page, messages) => {
      if (page.epoch !== position?.epoch) return headIs({ epoch: page.epoch, seq: page.head });
      note(page.head);
      // Asked before the room began anew: what it says of that time is no longer of use.
      if (page.epoch !== asked.epoch) return;
      for (const message of messages)
        if (isAhead(message.seq) && !waiting.get(message.seq)) waiting.set(message.seq, message);
      for (const seq of page.skipped) if (isAhead(seq)) waiting.set(seq, null);
      const first = Math.min(messages[0]?.seq ?? page.head + 1, page.skipped[0] ?? page.head + 1);
      if (!page.recovered) goneUpTo = first - 1;
    },
    next: () => {
      if (begunAnew) {
        const missed = begunAnew;
        begunAnew = undefined;
        return { missed };
      }
      while (position) {
        const { epoch, seq } = position;
        const due = waiting.get(seq + 1);
        if (due === undefined) {
          if (seq >= goneUpTo) return undefined;
          const to = Math.min(goneUpTo, ...[...waiting.keys()].filter(isAhead).map((number) => number - 1));
          position = { epoch, seq: to };
          return { missed: { room, from: seq + 1, to, reason: "retention" } };
        }
        waiting.delete(seq + 1);
        position = { epoch, seq: seq + 1 };
        if (due) return { message: due };
      }
      return undefined;
    },
  };
};
