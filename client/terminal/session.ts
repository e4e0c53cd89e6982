import type { RoomLog } from "./room-log.ts";

/** All that the client knows. Only `step` makes a new one. Times are Unix time in milliseconds. */
export interface Session {
  readonly name: string;
  /** Makes this run's refs its own. */
  readonly refPrefix: string;
  readonly refsMade: number;
  readonly connected: boolean;
  /** The room that the person wants to be in. */
  readonly room: Room | undefined;
  /** Lines without an ack, in the order they were typed. */
  readonly outbox: readonly Outgoing[];
  /** A line was given up: the program's exit code says so to a script. */
  readonly gaveUp: boolean;
  readonly pingDue: number;
  /** When something was asked that nothing at all has come after; a half-dead connection is known by it. */
  readonly waitingSince: number | undefined;
  /** Input has ended: when to stop waiting for acks. */
  readonly endBy: number | undefined;
}

export interface Room {
  readonly name: string;
  /** The ref of its `join`. */
  readonly ref: string;
  readonly askedAt: number;
  readonly joined: boolean;
  readonly log: RoomLog | undefined;
}

export interface Outgoing {
  readonly ref: string;
  readonly room: string;
  readonly text: string;
  /** When it was last sent on this connection. */
  readonly sentAt: number | undefined;
  /** The person was told that it takes long. */
  readonly slow: boolean;
}

/** What can happen to the client. */
export type Event =
  | { readonly type: "opened" }
  | { readonly type: "closed"; readonly why: string; readonly retryInMs: number }
  | { readonly type: "refused"; readonly why: string }
  | { readonly type: "received"; readonly text: string }
  | { readonly type: "typed"; readonly line: string }
  | { readonly type: "inputEnded" }
  /** Time has passed: about once a second. */
  | { readonly type: "ticked" };

/** What the client then does. */
export type Effect =
  | { readonly type: "send"; readonly frame: Readonly<Record<string, unknown>> }
  | { readonly type: "show"; readonly line: Shown }
  | { readonly type: "reconnect" }
  | { readonly type: "quit"; readonly exitCode: 0 | 1 };

/** One line on the screen. */
export type Shown =
  | { readonly kind: "message"; readonly at: number; readonly author: string; readonly text: string }
  | { readonly kind: "sent"; readonly at: number; readonly author: string; readonly text: string }
  | { readonly kind: "notice" | "failure"; readonly text: string };

/** The session after something happened, and what is to be done, in order. */
export type Next = readonly [Session, ...Effect[]];

export const newSession = (name: string, refPrefix: string): Session => ({
  name,
  refPrefix,
  refsMade: 0,
  connected: false,
  room: undefined,
  outbox: [],
  gaveUp: false,
  pingDue: Number.POSITIVE_INFINITY,
  waitingSince: undefined,
  endBy: undefined,
});

export const notice = (text: string): Effect => ({ type: "show", line: { kind: "notice", text } });
export const failure = (text: string): Effect => ({ type: "show", line: { kind: "failure", text } });

/** Gives lines up that will not be sent again. */
export const giveUp = (session: Session, lines: readonly Outgoing[]): Session => ({
  ...session,
  outbox: session.outbox.filter((line) => !lines.includes(line)),
  gaveUp: session.gaveUp || lines.length > 0,
});

/** Sends a frame that will be answered. */
export const ask = (session: Session, now: number, ...frames: Readonly<Record<string, unknown>>[]): Next => [
  { ...session, waitingSince: session.waitingSince ?? (frames.length > 0 ? now : undefined) },
  ...frames.map((frame): Effect => ({ type: "send", frame })),
];

/** Wants to be in a room: asks for it now, or as soon as there is a connection. Asking again is the same request. */
export const join = (session: Session, name: string, now: number): Next => {
  const before = session.room?.name === name ? session.room : undefined;
  const ref = before?.ref ?? `${session.refPrefix}-${session.refsMade}`;
  const wanting = {
    ...session,
    refsMade: session.refsMade + (before ? 0 : 1),
    room: { name, ref, askedAt: now, joined: false, log: before?.log },
  };
  return session.connected ? ask(wanting, now, { message: "join", room: name, ref }) : [wanting];
};

/** Sends what has not been sent on this connection, if the room takes it. */
export const flush = (session: Session, now: number): Next => {
  const { room } = session;
  if (!session.connected || !room?.joined) return [session];
  const due = session.outbox.filter((line) => line.sentAt === undefined && line.room === room.name);
  const outbox = session.outbox.map((line) => (due.includes(line) ? { ...line, sentAt: now } : line));
  const frames = due.map((line) => ({ message: "publish", room: line.room, data: line.text, ref: line.ref }));
  return ask({ ...session, outbox }, now, ...frames);
};
