import { backoff } from "./backoff.ts";
import { type Clock, eitherOf, sleep, until } from "./clock.ts";
import { ANSWER_MS, type Connection } from "./connection.ts";
import { RoomcastError } from "./error.ts";
import type { AnswerOf, AnswerTo, Position, Question } from "./frames.ts";

interface Needs {
  readonly room: string;
  readonly clock: Clock;
  readonly random: () => number;
  /** A ref that was never used. */
  readonly newRef: () => string;
  /** Aborts when the room is left for good, with the reason. */
  readonly ended: AbortSignal;
  /** The room is joined, on its first connection, on another or once more. */
  readonly joined: (head: Position) => void;
  /** The server has forgotten that we are in the room. */
  readonly lost: () => void;
  /** The server does not let us in. */
  readonly refused: (error: RoomcastError) => void;
}

/** Being in a room: on which connection, and asking there until there is an answer. */
export interface Membership {
  /** The open connection on which the room is joined. */
  readonly via: Connection | undefined;
  /** Joins on this connection, until it is done, refused or in vain. Also when it is joined there already. */
  enter(connection: Connection): Promise<void>;
  /** Tells the server that we have left, once `ended` has aborted. Resolves when that is done, or in vain. */
  leave(): Promise<void>;
  /**
   * Asks of the room, with one `ref`, as often as it takes: again when there was no answer, on the next connection, and later where
   * the server was not able to.
   * @throws RoomcastError for a refusal; the signal's reason, or `ended`'s, but not before an answer under way is in
   */
  ask<Asked extends Question>(question: Asked, signal?: AbortSignal): Promise<AnswerTo<Asked>>;
}

/** The server knows a `ref` for 24 hours: a publish that is sent again after that could become a second message. */
const REF_MS = 23 * 60 * 60_000;
const LEAVE_ATTEMPTS = 5;

/**
 * How long an answer is waited for, longer each time: a server that is too busy to answer in time would be kept so by
 * all who ask again.
 */
const patience = (attempt: number) => ANSWER_MS * 2 ** Math.min(attempt, 3);

/** Refusals that pass by themselves: the next connection has a new token. */
const isPassing = ({ code, expired }: AnswerOf<"error">) =>
  expired || code === "UNAVAILABLE" || code === "RATE_LIMITED";

export const createMembership = ({ room, clock, random, newRef, ended, joined, lost, refused }: Needs): Membership => {
  const entering = new Map<Connection, Promise<void>>();
  const waiting = new Set<(connection: Connection) => void>();
  let via: Connection | undefined;

  const current = () => (via?.isOpen ? via : undefined);

  const join = async (connection: Connection): Promise<void> => {
    // One `ref` for all attempts: an answer to an earlier one is as good, however late.
    const request = { message: "join", room, ref: newRef() } as const;
    for (let attempt = 0; connection.isOpen && !ended.aborted; attempt++) {
      const answer = await connection.ask(request, patience(attempt));
      // Also without an answer: the server may have let us in.
      if (ended.aborted && answer?.type !== "error") return leaveOn(connection);
      if (answer?.type === "joined") {
        via = connection;
        joined(answer);
        for (const enteredBy of [...waiting]) enteredBy(connection);
        return;
      }
      if (answer?.type === "error") {
        if (!isPassing(answer)) return refused(new RoomcastError(answer.code, answer.reason));
        await sleep(clock, backoff(attempt, random), ended).catch(() => {});
      }
    }
  };

  const leaveOn = async (connection: Connection): Promise<void> => {
    for (let attempt = 0; attempt < LEAVE_ATTEMPTS; attempt++) {
      const answer = await connection.ask({ message: "leave", room, ref: newRef() });
      if (!connection.isOpen || (answer && !(answer.type === "error" && isPassing(answer)))) return;
    }
  };

  const entered = (signal: AbortSignal): Promise<Connection> =>
    until(signal, (done) => {
      const enteredBy = (connection: Connection) => {
        waiting.delete(enteredBy);
        done(connection);
      };
      waiting.add(enteredBy);
      return () => waiting.delete(enteredBy);
    });

  const enter = async (connection: Connection): Promise<void> => {
    if (entering.has(connection)) return;
    const joining = join(connection);
    entering.set(connection, joining);
    if (via === connection) {
      via = undefined;
      lost();
    }
    await joining;
    entering.delete(connection);
  };

  return {
    get via() {
      return current();
    },
    enter,
    leave: async () => {
      // A join that is under way leaves when it is answered: two frames at once may be handled in either order.
      await Promise.all([...entering.values(), via && leaveOn(via)]);
    },
    ask: async <Asked extends Question>(question: Asked, signal?: AbortSignal) => {
      const request = { ...question, room, ref: newRef() };
      const stop = eitherOf(ended, signal);
      let firstAsked: number | undefined;
      for (let attempt = 0; ; attempt++) {
        stop.throwIfAborted();
        const connection = current() ?? (await entered(stop));
        firstAsked ??= clock.now();
        if (clock.now() - firstAsked > REF_MS)
          throw new RoomcastError("UNANSWERED", "Without an answer for a day, asking again might do it twice.");
        const answer = await connection.ask(request, patience(attempt));
        if (answer && answer.type !== "error") return answer as AnswerTo<Asked>;
        if (!answer) continue;
        // A post that was wrongly answered 410 has removed a living connection from the room.
        if (answer.code === "NOT_A_MEMBER") void (connection === current() && enter(connection));
        else if (!isPassing(answer)) throw new RoomcastError(answer.code, answer.reason);
        if (attempt > 0 || answer.code !== "NOT_A_MEMBER") await sleep(clock, backoff(attempt, random), stop);
      }
    },
  };
};
