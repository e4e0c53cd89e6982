import type { Author } from "../../functions/protocol/answers.ts";
import { sleep } from "../../local/clock.ts";
import { NamedError } from "./invocations.ts";
import type { VirtualTime } from "./virtual-time.ts";
import type { Weather } from "./weather.ts";

/** A connection as API Gateway has it. */
export interface Connection {
  readonly connectionId: string;
  readonly connectedAt: number;
  readonly author: Author;
}

/** What a client hears of its connection. */
export interface Listener {
  opened(): void;
  received(text: string): void;
  closed(): void;
}

/** A client's end of a connection. */
export interface Line {
  send(text: string): void;
  /** Closes it: both ends know, unless the line is dead. */
  close(): void;
}

/** Which way of a connection is dead: frames vanish there, and nobody is told. */
export type Dead = "up" | "down" | "both";

interface Needs {
  readonly time: VirtualTime;
  readonly weather: Weather;
  /** Runs a route. @returns the text that the sender is answered; undefined where there is none */
  readonly route: (connection: Connection, text: string) => Promise<string | undefined>;
  readonly disconnected: (connection: Connection) => void;
}

interface Open extends Connection {
  readonly listener: Listener;
  dead: { up: boolean; down: boolean };
  /** Cancels the idle timeout. */
  rest: () => void;
}

const IDLE_MS = 10 * 60_000;
const DURATION_MS = 2 * 3_600_000;

/** API Gateway's WebSocket API: connections, their routes, and `@connections`. */
export const createGateway = ({ time, weather, route, disconnected }: Needs) => {
  const open = new Map<string, Open>();
  let connections = 0;

  const travel = (where: string) => sleep(time, weather.between(1, 40, where));

  /** Ends a connection at this side; the client hears of it if it can. */
  const end = async (connection: Open) => {
    if (!open.delete(connection.connectionId)) return;
    connection.rest();
    const { name } = connection.author;
    if (!weather.strikes("disconnectLost", name)) disconnected(connection);
    await travel(`${name} down`);
    if (!connection.dead.down) connection.listener.closed();
  };
  const awaken = (connection: Open) => {
    connection.rest();
    connection.rest = time.after(IDLE_MS, () => void end(connection));
  };

  const down = async (connection: Open, text: string) => {
    await travel(`${connection.author.name} down`);
    if (open.has(connection.connectionId) && !connection.dead.down) connection.listener.received(text);
  };
  const up = async (connection: Open, text: string) => {
    const { name } = connection.author;
    await travel(`${name} up`);
    if (connection.dead.up || !open.has(connection.connectionId)) return;
    awaken(connection);
    if (weather.strikes("frameLost", name)) return;
    const { connectionId } = connection;
    const answer = await route(connection, text).catch(() =>
      JSON.stringify({ message: "Internal server error", connectionId, requestId: "request=" }),
    );
    if (answer !== undefined) await down(connection, answer);
  };

  return {
    /** Opens a connection for somebody whom the authorizer has let in. */
    connect: (author: Author, listener: Listener): Line => {
      const connectionId = `${author.name}-${++connections}=`;
      let connection: Open | undefined;
      let isClosed = false;
      void travel(`${author.name} connect`).then(() => {
        if (isClosed) return;
        if (weather.strikes("connectRefused", author.name)) return listener.closed();
        connection = {
          connectionId,
          connectedAt: time.now(),
          author,
          listener,
          dead: { up: false, down: false },
          rest: () => {},
        };
        open.set(connectionId, connection);
        awaken(connection);
        const made = connection;
        time.after(DURATION_MS, () => void end(made));
        listener.opened();
      });
      return {
        send: (text) => {
          if (connection) void up(connection, text);
        },
        close: () => {
          isClosed = true;
          if (connection && !connection.dead.up) void end(connection);
        },
      };
    },

    /** Cuts all connections of somebody: both ends learn of it. */
    cut: (name: string) => {
      for (const connection of [...open.values()]) if (connection.author.name === name) void end(connection);
    },

    /** Lets frames of somebody's connections vanish. */
    kill: (name: string, dead: Dead) => {
      for (const connection of open.values()) {
        if (connection.author.name !== name) continue;
        if (dead !== "down") connection.dead.up = true;
        if (dead !== "up") connection.dead.down = true;
      }
    },

    /** `@connections`. @throws NamedError GoneException where there is no such connection */
    post: (connectionId: string, text: string): void => {
      const connection = open.get(connectionId);
      if (!connection) throw new NamedError("GoneException");
      if (!weather.strikes("postLost", connection.author.name)) void down(connection, text);
      if (weather.strikes("postGone", connection.author.name)) throw new NamedError("GoneException");
    },
  };
};
