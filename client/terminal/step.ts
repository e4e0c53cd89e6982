import { received } from "./received.ts";
import { type Event, failure, join, type Next, notice, type Session } from "./session.ts";
import { ticked } from "./ticked.ts";
import { typed } from "./typed.ts";

/** How long the end of the input waits for acks. */
const END_MS = 15_000;

/** What an event makes of the session, and what is to be done. Decides everything, touches nothing. */
export const step = (session: Session, event: Event, now: number): Next => {
  switch (event.type) {
    case "opened":
      return opened(session, now);
    case "closed":
      return closed(session, event.why, event.retryInMs);
    case "refused":
      return [session, failure(event.why), { type: "quit", exitCode: 1 }];
    case "received":
      return received(session, event.text, now);
    case "typed":
      return typed(session, event.line, now);
    case "inputEnded":
      return ticked({ ...session, endBy: now + END_MS }, now);
    case "ticked":
      return ticked(session, now);
  }
};

const opened = (session: Session, now: number): Next => {
  const connected = { ...session, connected: true };
  if (session.room) return join(connected, session.room.name, now);
  return [connected, notice("Connected. /join <room> to enter one, /help for more")];
};

/** Forgets what held on that connection only: being a member, and what was sent and not acknowledged. */
const closed = (session: Session, why: string, retryInMs: number): Next => [
  {
    ...session,
    connected: false,
    waitingSince: undefined,
    pingDue: Number.POSITIVE_INFINITY,
    room: session.room && { ...session.room, joined: false },
    outbox: session.outbox.map((line) => ({ ...line, sentAt: undefined })),
  },
  notice(`${why}: connecting again in ${(retryInMs / 1000).toFixed(1)} s`),
];
