import { createCatchUp } from "./catch-up.ts";
import type { Clock } from "./clock.ts";
import type { AnswerOf, Author, PastMessage, Position } from "./frames.ts";
import type { Message } from "./messages.ts";
import { createRoomLog, type Next } from "./room-log.ts";

/** What a client knows of its own identity: the server tells it with the first of its own messages that it sends back. */
export interface Self {
  /** As the client calls itself. */
  readonly name: string;
  author: Author | undefined;
}

interface Needs {
  readonly room: string;
  readonly after: Position | undefined;
  readonly self: Self;
  readonly history: (after: Position) => Promise<AnswerOf<"history">>;
  /** Whether this may be the message that is being published and whose ack has not come. */
  readonly mayBeOwn: (message: PastMessage) => boolean;
  readonly given: (next: Next) => void;
  readonly clock: Clock;
  readonly random: () => number;
  readonly ended: AbortSignal;
}

/** What was said in a room, each message once and in order, whatever comes how: what is missing is fetched. */
export const createStream = ({ room, after, self, history, mayBeOwn, given, clock, random, ended }: Needs) => {
  const log = createRoomLog(room, after);
  /** Acked messages that are to come back with their author. */
  const awaited = new Set<string>();

  const read = (past: PastMessage): Message => {
    const { id, seq, from, data, received } = past;
    const isAwaited = awaited.has(id);
    if (isAwaited) self.author = from;
    return { room, id, seq, from, data, received, mine: isAwaited || mayBeOwn(past) };
  };

  const giveOut = () => {
    for (let next = log.next(); next && !ended.aborted; next = log.next()) given(next);
    if (log.behind) catchUp.soon();
  };

  const catchUp = createCatchUp({
    missingAfter: () => (log.behind ? log.position : undefined),
    ask: history,
    take: (asked, page) => {
      log.page(asked, page, page.messages.map(read));
      giveOut();
    },
    clock,
    random,
    ended,
  });

  return {
    get position() {
      return log.position;
    },
    arrived: (message: PastMessage) => {
      log.take(read(message));
      giveOut();
    },
    /** Nobody sends our own message back to us: its ack stands for it, once we know who we are. */
    acked: ({ id, seq, received }: AnswerOf<"ack">, data: unknown) => {
      if (seq <= (log.position?.seq ?? 0)) return;
      if (self.author) {
        log.takeOwn({ room, id, seq, from: self.author, data, received, mine: true });
        giveOut();
      } else {
        awaited.add(id);
        log.note(seq);
        catchUp.now();
      }
    },
    /** How far the room is. `atOnce`: what is missing is not on its way. */
    headIs: (head: Position, atOnce: boolean) => {
      log.headIs(head);
      giveOut();
      if (atOnce) catchUp.now();
    },
  };
};
