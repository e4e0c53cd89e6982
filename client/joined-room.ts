import { type Clock, orAborted } from "./clock.ts";
import type { Connection } from "./connection.ts";
import { RoomcastError } from "./error.ts";
import { createEvents } from "./events.ts";
import type { Position, Request, RoomFrame } from "./frames.ts";
import { iterate } from "./iterate.ts";
import { createMembership } from "./membership.ts";
import { createOutbox, type Queue } from "./outbox.ts";
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

type Page = Pick<Extract<Request, { message: "history" }>, "after" | "epoch" | "limit">;

const TYPING_EVERY_MS = 3_000;

/** A room that is joined on every connection, until it is left. */
export const createJoinedRoom = ({
  name,
  after,
  self,
  queue,
  clock,
  random,
  newRef,
  joined,
  left,
}: Needs): JoinedRoom => {
  const events = createEvents<RoomEvents>();
  const ending = new AbortController();
  const ended = ending.signal;
  let typedAt = Number.NEGATIVE_INFINITY;
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
    const { via } = membership;
    ending.abort(reason);
    const leaving = via && reason.code === "LEFT" ? membership.leave(via) : Promise.resolve();
    left(leaving);
    events.emit("state", { state: "left", ...(error && { error }) });
    return leaving;
  };

  const membership = createMembership({
    room: name,
    clock,
    random,
    newRef,
    ended,
    joined: (head) => {
      changed();
      stream.headIs(head, true);
      joined();
    },
    lost: changed,
    refused: (error) => void end(error, error),
  });
  const pageOf = (page: Page, signal?: AbortSignal) =>
    membership.ask("history", { message: "history", room: name, ...page, ref: newRef() }, signal);

  const outbox = createOutbox({
    queue,
    ended,
    send: (data, signal) => membership.ask("ack", { message: "publish", room: name, data, ref: newRef() }, signal),
    acked: (ack, data) => stream.acked(ack, data),
  });
  const stream = createStream({
    room: name,
    after,
    self,
    history: ({ epoch, seq }) => pageOf({ after: seq, epoch }),
    mayBeOwn: (message) => outbox.mayBe(message, self.author ?? { name: self.name }),
    given: ({ message, missed }) => (message ? events.emit("message", message) : events.emit("missed", missed)),
    clock,
    random,
    ended,
  });
  /** Until there is an answer, the room is left or the caller has enough. */
  const abortable = <T>(answer: Promise<T>, signal?: AbortSignal) =>
    orAborted(answer, signal ? AbortSignal.any([ended, signal]) : ended);

  const room: Room = {
    name,
    on: events.on,
    get state() {
      return state();
    },
    get position() {
      return stream.position;
    },
    publish: async (data, { signal } = {}) => {
      const { id, seq, received } = await outbox.publish(data, signal);
      return { id, seq, received };
    },
    members: async ({ after, signal } = {}) => {
      const request = { message: "members" as const, room: name, after, ref: newRef() };
      const { count, members, next } = await abortable(membership.ask("members", request, signal), signal);
      return { count, members, next };
    },
    history: async ({ signal, ...page }) => {
      const answer = await abortable(pageOf(page, signal), signal);
      const { epoch, messages, skipped, head, recovered } = answer;
      return { epoch, messages, skipped, head, recovered };
    },
    typing: () => {
      if (!membership.via || clock.now() - typedAt < TYPING_EVERY_MS) return;
      typedAt = clock.now();
      membership.via.tell({ message: "typing", room: name });
    },
    leave: async () => {
      if (!ended.aborted) await end(new RoomcastError("LEFT", `${name} was left.`));
    },
    [Symbol.asyncIterator]: () =>
      iterate(({ each, end }) => {
        if (ended.aborted) end();
        const stops = [events.on("message", each), events.on("state", (now) => now.state === "left" && end(now.error))];
        return () => {
          for (const stop of stops) stop();
        };
      }),
  };

  return {
    room,
    enter: membership.enter,
    connectionEnded: changed,
    received: (frame) => {
      if (frame.type === "message") stream.arrived(frame);
      else if (frame.type === "presence") {
        const { joined, left, count } = frame;
        events.emit("presence", { room: name, joined, left, count });
      } else events.emit("typing", { room: name, from: frame.from });
    },
    isOn: (connection) => membership.via === connection,
    headIs: (head, connection) => {
      if (membership.via !== connection) return;
      if (head) stream.headIs(head, false);
      else void membership.enter(connection);
    },
    close: (error) => {
      if (!ended.aborted) void end(error);
    },
  };
};
