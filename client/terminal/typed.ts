import { ask, type Effect, failure, flush, giveUp, join, type Next, notice, type Session } from "./session.ts";

const HELP = "/join <room>, /leave, /quit, /help; anything else is said in the room";

/** What a line that the person typed changes: a command, or something to say. */
export const typed = (session: Session, line: string, now: number): Next => {
  const [, command, argument = ""] = /^\/(\S*)\s*(.*?)\s*$/.exec(line) ?? [];
  if (command === undefined) return line.trim() === "" ? [session] : say(session, line, now);
  switch (command) {
    case "join":
      return argument === "" ? [session, failure("Which room? /join <room>")] : moveTo(session, argument, now);
    case "leave":
      return leave(session, now);
    case "quit":
      return quit(session);
    case "help":
      return [session, notice(HELP)];
    default:
      return [session, failure(`There is no /${command}. ${HELP}`)];
  }
};

/** Ends the client, naming the lines that nobody has acknowledged. */
export const quit = (session: Session): Next => [
  session,
  ...session.outbox.map((line) => failure(`Not sent: ${line.text}`)),
  { type: "quit", exitCode: session.gaveUp || session.outbox.length > 0 ? 1 : 0 },
];

const say = (session: Session, text: string, now: number): Next => {
  if (!session.room) return [session, failure(`You are in no room, so nobody was told. /join one first: ${text}`)];
  const ref = `${session.refPrefix}-${session.refsMade}`;
  const line = { ref, room: session.room.name, text, sentAt: undefined, slow: false };
  const saying = { ...session, refsMade: session.refsMade + 1, outbox: [...session.outbox, line] };
  const waiting = session.connected ? [] : [notice(`Waiting for the connection: ${text}`)];
  const [next, ...effects] = flush(saying, now);
  return [next, ...waiting, ...effects];
};

const moveTo = (session: Session, room: string, now: number): Next => {
  const [left, ...leaving] = session.room && session.room.name !== room ? leave(session, now) : [session];
  const [next, ...joining] = join(left, room.normalize("NFC"), now);
  return [next, ...leaving, ...joining];
};

const leave = (session: Session, now: number): Next => {
  const { room } = session;
  if (!room) return [session, failure("You are in no room.")];
  // What was said there and not acknowledged can no longer be tried again.
  const lost: Effect[] = session.outbox.map((line) => failure(`Not acknowledged: ${line.text}`));
  const away = { ...giveUp(session, session.outbox), room: undefined };
  const [next, ...effects] = session.connected ? ask(away, now, { message: "leave", room: room.name }) : [away];
  return [next, ...lost, ...effects];
};
