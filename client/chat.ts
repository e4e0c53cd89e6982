import type { Clock } from "./clock.ts";
import type { Events } from "./events.ts";
import type { Position } from "./frames.ts";
import type { ConnectionState } from "./reconnecting.ts";
import type { Room } from "./room.ts";
import type { WebSocketConstructor } from "./web-socket.ts";

/** How to connect. */
export interface ConnectOptions {
  /** How the others see a guest: cosmetic, at most 64 characters. */
  readonly name?: string | undefined;
  /**
   * Makes a guest the same one at each connect: 22 to 256 letters, digits, `-` or `_`, of 128 random bits or more. The
   * client makes one if none is given; keep `chat.secret` to come back as the same guest.
   */
  readonly secret?: string | undefined;
  /** A token instead, where the server asks for one: or what makes it, asked anew for each connection. */
  readonly token?: string | (() => string | Promise<string>) | undefined;
  /** Closes the client when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** `WebSocket` of the package `ws`, where there is no global one (Node before 22). */
  readonly WebSocket?: WebSocketConstructor | undefined;
  /**
   * How often to ping, in milliseconds: a message whose delivery was lost is noticed within this time, at the latest.
   * 2 minutes by default; less than 10, after which API Gateway ends an idle connection.
   */
  readonly pingEvery?: number | undefined;
  /** For tests: another clock, other random numbers (0 to 1). */
  readonly needs?: { readonly clock?: Clock | undefined; readonly random?: (() => number) | undefined } | undefined;
}

/** How to join a room. */
export interface JoinOptions {
  /** Where to go on: the `position` that an earlier run had reached. Without it the messages from now on are given. */
  readonly after?: Position | undefined;
  /** Leaves the room when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/** What a client tells, by the type of event. */
export interface ChatEvents {
  state: ConnectionState;
}

/** A client: one connection, kept open, and the rooms that are joined on it. */
export interface Chat extends Events<ChatEvents> {
  readonly state: ConnectionState["state"];
  /** The guest's secret; undefined with a token. */
  readonly secret: string | undefined;
  /**
   * Joins a room, now and after each reconnect. Joining a room that is joined already gives the same `Room`.
   * @throws RoomcastError BAD_ROOM if the name is not of 1 to 128 bytes, CLOSED after `close`
   */
  join(room: string, options?: JoinOptions): Room;
  /** Closes the connection and ends every room. What was not acked is rejected with `CLOSED`. */
  close(): Promise<void>;
}
