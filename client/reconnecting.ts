import { backoff } from "./backoff.ts";
import type { Clock } from "./clock.ts";
import { ANSWER_MS, type Connection } from "./connection.ts";

/** Whether there is a connection. */
export type ConnectionState =
  | { readonly state: "open" }
  | {
      readonly state: "connecting";
      /** How many times in a row it has not come to anything, or ended. */
      readonly attempt: number;
      readonly retryInMs: number;
      /** Why there is none, as far as the platform tells; browsers hide most of it. */
      readonly reason: string;
    }
  | { readonly state: "closed" };

interface Needs {
  /** Begins to connect. Calls `opened` once or not at all, then `closed` once. */
  readonly dial: (told: { opened: () => void; closed: (reason: string) => void }) => Connection;
  /** Joins the rooms on a new connection; resolves when that is done. */
  readonly enter: (connection: Connection) => Promise<unknown>;
  readonly changed: (state: ConnectionState) => void;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Keeps one connection open, as long as it is wanted. */
export interface Reconnecting {
  readonly state: ConnectionState["state"];
  /** The open connections, the newest last: two while one is renewed. */
  readonly open: readonly Connection[];
  /** Connects now, if it is waiting to connect again. */
  hurry(): void;
  close(): Promise<void>;
}

const MINUTE = 60_000;
/** API Gateway ends a connection after 2 hours. Each is renewed before that at a moment of its own, not all at once. */
const RENEWAL_MS = { from: 90 * MINUTE, to: 115 * MINUTE };

/**
 * Connects, again whenever the connection ends, and anew before API Gateway ends it. A connection that is renewed stays
 * until its successor has joined the rooms, and then for as long as an answer to it may take.
 */
export const keepConnected = ({ dial, enter, changed, clock, random }: Needs): Reconnecting => {
  const open = new Set<Connection>();
  let newest: Connection | undefined;
  let dialling: Connection | undefined;
  let attempt = 0;
  let closed = false;
  let cancelNext = () => {};
  let cancelRetiring = () => {};

  const connect = () => {
    if (dialling || closed) return;
    cancelNext();
    const connection = dial({
      opened: () => void opened(connection),
      closed: (reason) => ended(connection, reason),
    });
    dialling = connection;
  };
  const connectIn = (ms: number) => {
    cancelNext();
    cancelNext = clock.after(ms, connect);
  };

  const opened = async (connection: Connection) => {
    const before = [...open];
    dialling = undefined;
    newest = connection;
    open.add(connection);
    connectIn(RENEWAL_MS.from + random() * (RENEWAL_MS.to - RENEWAL_MS.from));
    if (before.length === 0) changed({ state: "open" });
    await enter(connection);
    if (!connection.isOpen || before.length === 0) return;
    cancelRetiring = clock.after(ANSWER_MS, () => {
      for (const old of before) void old.end();
    });
  };

  const ended = (connection: Connection, reason: string) => {
    const isNeeded = connection === dialling || connection === newest;
    open.delete(connection);
    if (connection === dialling) dialling = undefined;
    if (closed || !(isNeeded || (open.size === 0 && !dialling))) return;
    // One that never said anything has not worked: a server that takes connections and ends them is not to be besieged.
    if (connection.heard > 0) attempt = 0;
    const retryInMs = backoff(attempt++, random);
    connectIn(retryInMs);
    if (open.size === 0) changed({ state: "connecting", attempt, retryInMs, reason });
  };

  connect();
  return {
    get state() {
      if (closed) return "closed";
      return open.size > 0 ? "open" : "connecting";
    },
    get open() {
      return [...open];
    },
    hurry: () => {
      if (open.size === 0) connect();
    },
    close: async () => {
      if (closed) return;
      closed = true;
      cancelNext();
      cancelRetiring();
      await Promise.all([...open, dialling].map((connection) => connection?.end()));
      changed({ state: "closed" });
    },
  };
};
