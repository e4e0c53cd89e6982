import { eitherOf, orAborted } from "./clock.ts";
import { RoomcastError } from "./error.ts";
import type { AnswerOf, Author, PastMessage } from "./frames.ts";

/** How many publishes of one client may wait for their acks. */
export const MAX_WAITING = 100;
/** The largest `data`, in bytes of its JSON text. The server closes a connection that sends more than a frame holds. */
export const MAX_DATA_BYTES = 28 * 1024;

/** Places in the queue of all rooms of a client. */
export interface Queue {
  waiting: number;
}

interface Needs {
  readonly queue: Queue;
  /** Publishes until it is acked or refused, or the signal aborts. */
  readonly send: (data: unknown, signal: AbortSignal | undefined) => Promise<AnswerOf<"ack">>;
  /** Aborts when the room is left for good. */
  readonly ended: AbortSignal;
  /** A message was acked: it is in the room, and nobody brings it back to us. */
  readonly acked: (ack: AnswerOf<"ack">, data: unknown) => void;
}

/** What is published in one room: one after the other, so that the order of the calls is the order of the numbers. */
export const createOutbox = ({ queue, send, ended, acked }: Needs) => {
  let last: Promise<unknown> = Promise.resolve();
  let sending: string | undefined;

  const sendNext = async (text: string, signal: AbortSignal | undefined) => {
    signal?.throwIfAborted();
    sending = text;
    try {
      const data = JSON.parse(text);
      const ack = await send(data, signal);
      acked(ack, data);
      return ack;
    } finally {
      sending = undefined;
    }
  };

  return {
    /** Whether a message from elsewhere may be the one that is being sent and whose ack has not come. */
    mayBe: ({ from, data }: PastMessage, { id, name }: Partial<Author>): boolean =>
      sending !== undefined &&
      sending === JSON.stringify(data) &&
      (id === undefined ? from.name === name : from.id === id),
    /** @throws RoomcastError QUEUE_FULL, TOO_LARGE, and the server's refusals; the signal's reason */
    publish: async (data: unknown, signal: AbortSignal | undefined): Promise<AnswerOf<"ack">> => {
      const text = JSON.stringify(data);
      if (text === undefined) throw new RoomcastError("BAD_FRAME", "`data` is no JSON value.");
      if (new TextEncoder().encode(text).length > MAX_DATA_BYTES)
        throw new RoomcastError("TOO_LARGE", `\`data\` has at most ${MAX_DATA_BYTES} bytes as JSON.`);
      if (queue.waiting >= MAX_WAITING)
        throw new RoomcastError("QUEUE_FULL", `${MAX_WAITING} messages are waiting to be sent: try again later.`);
      queue.waiting += 1;
      const sent = last
        .then(() => sendNext(text, signal))
        .finally(() => {
          queue.waiting -= 1;
        });
      last = sent.catch(() => {});
      return orAborted(sent, eitherOf(ended, signal));
    },
  };
};
