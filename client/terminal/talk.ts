import type { Chat, Clock, Message, Missed, PastMessage, Room, RoomState } from "../index.ts";
import { createLines } from "./lines.ts";
import { failure, notice, type Shown } from "./shown.ts";
import { HELP, readTyped } from "./typed.ts";

interface Needs {
  readonly chat: Chat;
  /** How the person is called; may be empty. */
  readonly name: string;
  readonly clock: Clock;
  readonly show: (line: Shown) => void;
  /** Why there is no connection. */
  readonly why: () => string;
  /** It is over. */
  readonly end: (exitCode: 0 | 1) => void;
}

/** How long the end of the input waits for acks. */
const END_MS = 15_000;
/** How many messages `/history` shows. */
const PAGE = 20;

/** What a person does in rooms, one at a time, and sees there. */
export const createTalk = ({ chat, name, clock, show, why, end }: Needs) => {
  let room: Room | undefined;
  let over = false;
  let ending = false;
  const lines = createLines({ clock, show, changed: () => ending && lines.allDone() && quit() });

  const quit = () => {
    if (over) return;
    over = true;
    end(lines.close() ? 1 : 0);
  };

  chat.on("state", (now) => {
    if (over) return;
    if (now.state === "connecting")
      show(notice(`${why()}: connecting again in ${(now.retryInMs / 1000).toFixed(1)} s`));
    if (now.state === "open" && !room) show(notice("Connected. /join <room> to enter one, /help for more"));
  });

  const join = (to: string) => {
    if (room?.name === to.normalize("NFC")) return;
    if (room) leave();
    try {
      const joined = chat.join(to);
      room = joined;
      joined.on("message", told);
      joined.on("missed", (gone) => show(notice(missed(gone))));
      joined.on("presence", ({ joined, left }) => {
        for (const [people, what] of [
          [joined, "joined"],
          [left, "left"],
        ] as const)
          if (people.length > 0) show(notice(`${people.map(({ name, id }) => name || id).join(", ")} ${what}`));
      });
      joined.on("state", (now) => moved(joined, now));
    } catch (error) {
      show(failure(`You cannot join ${to} (${(error as Error).message})`));
    }
  };
  const moved = (where: Room, now: RoomState) => {
    if (over || where !== room) return;
    if (now.state === "joined") show(notice(`You are in ${where.name}`));
    if (now.state !== "left") return;
    room = undefined;
    show(failure(`You cannot join ${where.name} (${now.error?.message})`));
  };
  const told = (message: Message) => {
    if (message.mine) lines.came();
    show(shown(message, message.mine ? "sent" : "message"));
  };
  const shown = ({ received, from, data }: PastMessage, kind: "message" | "sent"): Shown => ({
    kind,
    at: received,
    author: kind === "sent" ? name || "you" : from.name || from.id,
    text: typeof data === "string" ? data : JSON.stringify(data),
  });

  const leave = () => {
    const left = room;
    if (!left) return show(failure("You are in no room."));
    room = undefined;
    lines.left();
    show(notice(`You have left ${left.name}`));
    void left.leave();
  };

  const say = (text: string) => {
    if (!room) return show(failure(`You are in no room, so nobody was told. /join one first: ${text}`));
    if (chat.state !== "open") show(notice(`Waiting for the connection: ${text}`));
    lines.say(text, room, chat.state === "open");
  };

  const history = async () => {
    if (!room?.position) return show(failure("You are in no room."));
    try {
      const { messages } = await room.history({ after: Math.max(0, room.position.seq - PAGE), limit: PAGE });
      if (messages.length === 0) show(notice(`Nothing was said in ${room.name}`));
      for (const message of messages) show(shown(message, "message"));
    } catch (error) {
      show(failure((error as Error).message));
    }
  };

  return {
    join,
    typed: (line: string) => {
      const typed = readTyped(line);
      if (typed.type === "say") say(typed.text);
      else if (typed.type === "join") join(typed.room);
      else if (typed.type === "leave") leave();
      else if (typed.type === "history") void history();
      else if (typed.type === "help") show(notice(HELP));
      else if (typed.type === "wrong") show(failure(typed.why));
      else if (typed.type === "quit") quit();
    },
    /** Nothing more will be typed: what was said is still acknowledged, but not waited for without end. */
    inputEnded: () => {
      ending = true;
      clock.after(END_MS, quit);
      if (lines.allDone()) quit();
    },
    quit,
    /** The server does not let us in. */
    refused: (why: string) => {
      if (over) return;
      show(failure(why));
      lines.giveUp();
      quit();
    },
  };
};

const missed = ({ room, from, to, reason }: Missed): string => {
  if (reason === "epoch") return `${room} has begun anew: what was said before is gone`;
  return to === from
    ? `1 message of ${room} is no longer kept`
    : `${to - from + 1} messages of ${room} are no longer kept`;
};
