import type { Author, PastMessage } from "./frames.ts";

/** A message of a room, as the application gets it: each once, in the order of `seq`. */
export interface Message extends PastMessage {
  readonly room: string;
  /** Whether this client published it. */
  readonly mine: boolean;
}

/** Numbers of a room that cannot be had any more. */
export interface Missed {
  readonly room: string;
  /** The first number that is missing. */
  readonly from: number;
  /** The last number that is missing. */
  readonly to: number;
  /** `retention`: they were kept no longer. `epoch`: the room's numbers began anew; those up to `to` were passed over. */
  readonly reason: "retention" | "epoch";
}

/** People who came to a room and left it; of each person never older news than what was told before. */
export interface Presence {
  readonly room: string;
  readonly joined: readonly Author[];
  readonly left: readonly Author[];
  /** How many are in the room now. */
  readonly count: number;
}

/** Somebody is typing. */
export interface Typing {
  readonly room: string;
  readonly from: Author;
}

/** Whether the client is in the room. */
export type RoomState =
  | { readonly state: "joining" | "joined" }
  /** `error` where it was not by our own wish. */
  | { readonly state: "left"; readonly error?: Error };

/** A message of one's own that the server has acked: it is in the room for as long as the room keeps messages. */
export interface Sent {
  readonly id: string;
  readonly seq: number;
  /** Unix time in milliseconds. */
  readonly received: number;
}

/** A page of the people in a room. */
export interface Members {
  /** How many there are; rounded in large rooms. */
  readonly count: number;
  readonly members: readonly Author[];
  /** Where the next page begins; undefined on the last. */
  readonly next?: string | undefined;
}

/** A page of a room's history, ascending. It covers every number up to the largest in `messages` or `skipped`. */
export interface History {
  readonly epoch: string;
  readonly messages: readonly PastMessage[];
  /** Numbers that no message has or ever will have. */
  readonly skipped: readonly number[];
  /** The number of the room's newest message. */
  readonly head: number;
  /** False if something that was asked for is gone: its retention has passed, or the room's numbers began anew. */
  readonly recovered: boolean;
}
