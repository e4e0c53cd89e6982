import type { Clock } from "./clock.ts";
import type { Connection } from "./connection.ts";
import type { Position } from "./frames.ts";

interface Needs {
  readonly connection: Connection;
  readonly clock: Clock;
  /** A ref that was never used. */
  readonly newRef: () => string;
  /** How often to ping, in milliseconds. */
  readonly pingEvery: number;
  /** The rooms that the connection is in. */
  readonly rooms: () => readonly string[];
  /** How far one of those rooms is; undefined if the server does not list it although we had joined it before. */
  readonly headIs: (room: string, head: Position | undefined) => void;
}

/** Keeps a connection alive, and finds out when it is not. */
export interface Heartbeat {
  /** Pings a few seconds from now: a message may fall between joining and being listed as a member. */
  soon(): void;
  /** Pings at once: something had no answer. */
  check(): void;
  /** Pings at once, and waits for less: there may well be no connection any more. */
  probe(): void;
  stop(): void;
}

const SOON_MS = 5_000;
const PONG_MS = 10_000;
const PROBE_MS = 5_000;
const AGAIN_MS = 15_000;

/** How often the clock is looked at, and by how much it must have jumped for the machine to have slept. */
const LOOK_EVERY_MS = 10_000;
/** Browsers run the timers of a hidden page once a minute: that is no sleep. */
const SLEPT_MS = 60_000;

/** Pings in time; ends the connection if nothing at all comes after a ping. */
export const createHeartbeat = ({ connection, clock, newRef, pingEvery, rooms, headIs }: Needs): Heartbeat => {
  let pinging = false;
  let cancelPing = () => {};
  let cancelLook = () => {};

  const pingIn = (ms: number) => {
    cancelPing();
    // One that is due while another is under way is put off, not left out: it would have been the last.
    cancelPing = clock.after(ms, () => (pinging ? soon() : void ping(PONG_MS)));
  };
  const soon = () => pingIn(Math.min(SOON_MS, pingEvery));

  const ping = async (patience: number) => {
    if (pinging) return;
    pinging = true;
    pingIn(pingEvery);
    // A room that is joined while the answer is on its way may not be in it.
    const asked = rooms();
    const { heard } = connection;
    const answer = await connection.ask({ message: "ping", ref: newRef() }, patience);
    pinging = false;
    if (!connection.isOpen) return;
    if (answer?.type === "pong") for (const room of asked) headIs(room, answer.rooms[room]);
    // A refusal, or a frame of API Gateway's own, says that the service has trouble and that the connection lives.
    else if (connection.heard > heard) pingIn(Math.min(AGAIN_MS, pingEvery));
    else void connection.end("Nothing came after a ping.");
  };

  const look = () => {
    const expected = clock.now() + LOOK_EVERY_MS;
    cancelLook = clock.after(LOOK_EVERY_MS, () => {
      if (clock.now() - expected > SLEPT_MS) void ping(PROBE_MS);
      look();
    });
  };

  pingIn(pingEvery);
  look();
  return {
    soon,
    check: () => void ping(PONG_MS),
    probe: () => void ping(PROBE_MS),
    stop: () => {
      cancelPing();
      cancelLook();
    },
  };
};
