import { arrived, caughtUp } from "./room-log.ts";
import { readServerFrame, type ServerFrame } from "./server-frames.ts";
import { failure, flush, giveUp, join, type Next, notice, type Session } from "./session.ts";
import { RESEND_MS } from "./ticked.ts";

type Of<Type extends ServerFrame["type"]> = Extract<ServerFrame, { type: Type }>;

/** What a frame from the server changes. */
export const received = (session: Session, text: string, now: number): Next => {
  const alive = { ...session, waitingSince: undefined };
  const frame = readServerFrame(text);
  switch (frame?.type) {
    case "message":
      return message(alive, frame, now);
    case "joined":
      return joined(alive, frame, now);
    case "ack":
      return ack(alive, frame, now);
    case "pong":
      return pong(alive, frame, now);
    case "error":
      return error(alive, frame, now);
    case "presence":
      return presence(alive, frame);
    case "typing":
      // A line would stay, and typing does not.
      return [alive];
    case "left":
      return [alive, notice(`You have left ${frame.room}`)];
    default:
      // API Gateway's own answers, `{"message":"Internal server error",…}`, name no request; it is sent again in time.
      return [alive, notice(`The server says: ${text}`)];
  }
};

const message = (session: Session, frame: Of<"message">, now: number): Next => {
  const { room } = session;
  if (room?.name !== frame.room) return [session];
  const log = arrived(room.log, frame.seq, now);
  if (!log) return [session];
  const { from, data, received: at } = frame;
  const text = typeof data === "string" ? data : JSON.stringify(data);
  return [
    { ...session, room: { ...room, log } },
    { type: "show", line: { kind: "message", at, author: from.name || from.id, text } },
  ];
};

const presence = (session: Session, { room, joined, left }: Of<"presence">): Next => {
  if (session.room?.name !== room) return [session];
  const told = (people: typeof joined, what: string) =>
    people.length === 0 ? [] : [notice(`${people.map(({ name, id }) => name || id).join(", ")} ${what}`)];
  return [session, ...told(joined, "joined"), ...told(left, "left")];
};

const joined = (session: Session, frame: Of<"joined">, now: number): Next => {
  const { room } = session;
  if (room?.name !== frame.room) return [session];
  const { log, restarted } = caughtUp(room.log, frame, now);
  const pingDue = now + FIRST_PING_MS;
  const [next, ...effects] = flush({ ...session, pingDue, room: { ...room, joined: true, log } }, now);
  const told = restarted ? [notice(`${room.name} has begun anew: what was said before is gone`)] : [];
  return [next, ...(room.joined ? [] : [notice(`You are in ${room.name}`)]), ...told, ...effects];
};

/** A few seconds after joining, to learn of a message that fell between joining and being listed as a member. */
const FIRST_PING_MS = 5_000;

const ack = (session: Session, frame: Of<"ack">, now: number): Next => {
  const line = session.outbox.find((one) => one.ref === frame.ref);
  if (!line) return [session];
  const { room } = session;
  // Its number counts as come: the sender gets no echo.
  const log = room?.name === frame.room ? (arrived(room.log, frame.seq, now) ?? room.log) : undefined;
  return [
    { ...session, room: room && log ? { ...room, log } : room, outbox: session.outbox.filter((one) => one !== line) },
    { type: "show", line: { kind: "sent", at: frame.received, author: session.name || "you", text: line.text } },
  ];
};

const pong = (session: Session, frame: Of<"pong">, now: number): Next => {
  const { room } = session;
  if (!room?.joined) return [session];
  const head = frame.rooms[room.name];
  if (!head) return join(session, room.name, now);
  const { log, restarted } = caughtUp(room.log, head, now);
  const told = restarted ? [notice(`${room.name} has begun anew: what was said before is gone`)] : [];
  return [{ ...session, room: { ...room, log } }, ...told];
};

const error = (session: Session, { ref, code, reason }: Of<"error">, now: number): Next => {
  const { room } = session;
  const line = session.outbox.find((one) => one.ref === ref);
  if (line && code === "UNAVAILABLE") {
    const soon = { ...line, sentAt: now - RESEND_MS + UNAVAILABLE_MS };
    return [{ ...session, outbox: session.outbox.map((one) => (one === line ? soon : one)) }];
  }
  if (line) {
    const failed = giveUp(session, [line]);
    const [next, ...effects] = code === "NOT_A_MEMBER" && room ? join(failed, room.name, now) : [failed];
    return [next, failure(`Not sent (${code}: ${reason}): ${line.text}`), ...effects];
  }
  // A join that is unavailable is asked again in time.
  if (room && ref === room.ref && code !== "UNAVAILABLE") {
    const lost = session.outbox.map((one) => failure(`Not sent: ${one.text}`));
    const out = { ...giveUp(session, session.outbox), room: undefined };
    return [out, failure(`You cannot join ${room.name} (${code}: ${reason})`), ...lost];
  }
  return [session, failure(`The server refused something (${code}: ${reason})`)];
};

/** How long a line waits that the server could not take just now. */
const UNAVAILABLE_MS = 2_000;
