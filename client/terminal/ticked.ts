import { givenUp } from "./room-log.ts";
import { ask, type Effect, flush, join, type Next, notice, type Session } from "./session.ts";
import { quit } from "./typed.ts";

/** API Gateway drops a frame without a word when the Lambda is throttled: how long an answer may take. */
export const RESEND_MS = 10_000;
const SLOW_MS = 3_000;
/** How long a connection may be silent after something was asked, before it is taken for dead. */
const DEAD_MS = 30_000;
/** API Gateway closes a connection after ten idle minutes; a missed last message is noticed within this time. */
const PING_EVERY_MS = 4 * 60_000;

type Part = (session: Session, now: number) => Next;

/** What the passing of time changes. */
export const ticked: Part = (session, now) => {
  if (session.endBy !== undefined && (session.outbox.length === 0 || now >= session.endBy)) return quit(session);
  if (!session.connected) return [session];
  if (session.waitingSince !== undefined && now - session.waitingSince >= DEAD_MS)
    return [{ ...session, waitingSince: undefined }, { type: "reconnect" }];
  return [missed, joinAgain, resend, ping].reduce<Next>(
    ([before, ...effects], part) => {
      const [next, ...more] = part(before, now);
      return [next, ...effects, ...more];
    },
    [session],
  );
};

const missed: Part = (session, now) => {
  const { room } = session;
  if (!room?.log) return [session];
  const { log, missed: count } = givenUp(room.log, now);
  if (log === room.log) return [session];
  const told = count === 1 ? "1 message" : `${count} messages`;
  return [
    { ...session, room: { ...room, log } },
    ...(count > 0 ? [notice(`${told} of ${room.name} did not reach you`)] : []),
  ];
};

const joinAgain: Part = (session, now) => {
  const { room } = session;
  return room && !room.joined && now - room.askedAt >= RESEND_MS ? join(session, room.name, now) : [session];
};

const resend: Part = (session, now) => {
  const told: Effect[] = [];
  const outbox = session.outbox.map((line) => {
    if (line.sentAt === undefined) return line;
    const slow = line.slow || now - line.sentAt >= SLOW_MS;
    if (slow && !line.slow) told.push(notice(`No answer yet: ${line.text}`));
    return { ...line, slow, sentAt: now - line.sentAt >= RESEND_MS ? undefined : line.sentAt };
  });
  const [next, ...effects] = flush({ ...session, outbox }, now);
  return [next, ...told, ...effects];
};

const ping: Part = (session, now) =>
  now >= session.pingDue ? ask({ ...session, pingDue: now + PING_EVERY_MS }, now, { message: "ping" }) : [session];
