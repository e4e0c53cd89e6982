import type { Events } from "./events.ts";
import type { Position } from "./frames.ts";
import type { History, Members, Message, Missed, Presence, RoomState, Sent, Typing } from "./messages.ts";

/** What a room tells, by the type of event. */
export interface RoomEvents {
  /** A message: each once, in the order of the room, one's own among them. */
  message: Message;
  /** Messages that cannot be had any more: the only way in which one can be missing. */
  missed: Missed;
  /** People came or left; in small rooms only. */
  presence: Presence;
  /** Somebody is typing; in small rooms only. */
  typing: Typing;
  state: RoomState;
}

/** A room that the client is in, or is about to be in again. `for await` over it gives its messages until it is left. */
export interface Room extends Events<RoomEvents>, AsyncIterable<Message> {
  readonly name: string;
  readonly state: RoomState["state"];
  /**
   * Up to where every message was given out: in a listener of `message` it is that message's. Kept by the application
   * and passed to `join` as `after`, it resumes here. Undefined until the room is joined for the first time.
   */
  readonly position: Position | undefined;
  /**
   * Publishes `data`, any JSON value of at most 28 KB. It is sent until the server acks it, also on later connections,
   * and yet is one message. Messages of one room are published in the order of the calls. An abort ends the trying; a
   * message that was sent before may still be published.
   * @returns the message's id, its number, and when the server received it (Unix time in milliseconds)
   * @throws RoomcastError: `QUEUE_FULL` with 100 of this client waiting, the server's refusal, `LEFT` or `CLOSED`
   */
  publish(data: unknown, options?: { readonly signal?: AbortSignal | undefined }): Promise<Sent>;
  /** Who is in the room: a page of its people, and how many are in it. `next` of a page is `after` of the one behind it. */
  members(options?: {
    readonly after?: string | undefined;
    readonly signal?: AbortSignal | undefined;
  }): Promise<Members>;
  /** A page of what was said after a number, whatever has been given out already. At most 100 messages. */
  history(options: {
    readonly after: number;
    readonly epoch?: string | undefined;
    readonly limit?: number | undefined;
    readonly signal?: AbortSignal | undefined;
  }): Promise<History>;
  /** Tells the others that somebody types here. To be called at each key: at most one frame in 3 seconds is sent. */
  typing(): void;
  /** Leaves for good. What was not acked is rejected with `LEFT`. Resolves when the server knows, as far as it can be told. */
  leave(): Promise<void>;
}
