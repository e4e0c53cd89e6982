import { applicationRoom } from "./application-room.ts";
import type { Clock } from "./clock.ts";
import type { Connection } from "./connection.ts";
import { RoomcastError } from "./error.ts";
import { createEvents } from "./events.ts";
import type { Position, RoomFrame } from "./frames.ts";
import { createMembership } from "./membership.ts";
import { createOutbox, type Queue } from "./outbox.ts";
import { createPresenceNews } from "./presence-news.ts";
import type { Room, RoomEvents } from "./room.ts";
import { createStream, type Self } from "./stream.ts";

/** A room, as what connections tell it reaches it. */
export interface JoinedRoom {
  readonly room: Room;
  /** Joins on this connection. */
  enter(connection: Connection): Promise<void>;
  /** Some connection has ended. */
  connectionEnded(): void;
  received(frame: RoomFrame): void;
  isOn(connection: Connection): boolean;
  /** How far the room is; undefined if the server does not know us in it. */
  headIs(head: Position | undefined, connection: Connection): void;
  /** Ends it with the client. */
  close(error: RoomcastError): void;
}

interface Needs {
  readonly name: string;
  readonly after: Position | undefined;
  readonly self: Self;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly random: () => number;
  /** A ref that was never used. */
  readonly newRef: () => string;
  readonly joined: () => void;
  /** It has ended for good; resolves when the server has been told. */
  readonly left: (told: Promise<void>) => void;
}

/** A room that is joined on every connection, until it is left. */
export const createJoinedRoom = (needs: Needs): JoinedRoom => {
  const { name, self, joined, left } = needs;
  const events = createEvents<RoomEvents>();
  const ending = new AbortController();
  const ended = ending.signal;
  let told: Room["state"] = "joining";

  const state = (): Room["state"] => {
    if (ended.aborted) return "left";
    return membership.via ? "joined" : "joining";
  };
  const changed = () => {
    const now = state();
    if (now === told || now === "left") return;
    told = now;
    events.emit("state", { state: now });
  };
  const end = (reason: RoomcastError, error?: RoomcastError): Promise<void> => {
    if (ended.aborted) return Promise.resolve();
    ending.abort(reason);
    const leaving = reason.code === "LEFT" ? membership.leave() : Promise.resolve();
    left(leaving);
    events.emit("state", { state: "left", ...(error && { error }) });
    return leaving;
  };

  const membership = createMembership({
    ...needs,
    room: name,
    ended,
    joined: (head) => {
      changed();
      stream.headIs(head, true);
      joined();
    },
    lost: changed,
    refused: (error) => void end(error, error),
  });
  const outbox = createOutbox({
    ...needs,
    ended,
    send: (data, signal) => membership.ask({ message: "publish", data }, signal),
    acked: (ack, data) => stream.acked(ack, data),
  });
  const stream = createStream({
    ...needs,
    room: name,
    ended,
    history: ({ epoch, seq }) => membership.ask({ message: "history", after: seq, epoch }),
    mayBeOwn: (message) => outbox.mayBe(message, self.author ?? { name: self.name }),
    given: ({ message, missed }) => (message ? events.emit("message", message) : events.emit("missed", missed)),
  });
  const presenceNews = createPresenceNews();
  const room = applicationRoom({
    ...needs,
    events,
    ended,
    membership,
    state,
    position: () => stream.position,
    publish: outbox.publish,
    leave: () => end(new RoomcastError("LEFT", `${name} was left.`)),
  });

  return {
    room,
    enter: membership.enter,
    connectionEnded: changed,
    received: (frame) => {
      if (frame.type === "message") stream.arrived(frame);
      else if (frame.type === "presence") {
        const news = presenceNews(frame);
        if (news) events.emit("presence", news);
      } else events.emit("typing", { room: name, from: frame.from });
    },
    isOn: (connection) => membership.via === connection,
    headIs: (head, connection) => {
      if (membership.via !== connection) return;
      if (head) stream.headIs(head, false);
      else void membership.enter(connection);
    },
    close: (error) => void end(error),
  };
};
