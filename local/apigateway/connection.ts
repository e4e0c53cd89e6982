import type { WebSocket } from "ws";
import type { Clock } from "../clock.ts";
import { binaryFrame, type Closure, closedByClient, closedOver, goingAway, readsNothing } from "./close-reasons.ts";
import type { ConnectionFacts } from "./events.ts";
import { createMessagesInTurn } from "./messages-in-turn.ts";
import type { OneByOne } from "./one-by-one.ts";
import type { Quotas } from "./quotas.ts";
import type { Stage } from "./stage.ts";

/** An open connection. */
export interface Connection {
  readonly stage: Stage;
  readonly facts: ConnectionFacts;
  /** Whether it takes messages: not from the moment that a close frame has gone either way. */
  isOpen(): boolean;
  /** Unix time in milliseconds of the last message in either direction. */
  lastActiveAt(): number;
  /** Sends one text message; false when the client has left too much unread to take more. One that goes on so is cut. */
  send(text: Buffer | string): boolean;
  /** Closes with this status and reason; the connection has ended at once, however long the client takes. */
  close(closure: Closure): void;
  /** Destroys the socket. */
  destroy(): void;
}

/** What a connection tells: each text message, and once how it ended. */
export interface ConnectionListener {
  /** Resolves when the message has been dealt with, and never rejects. */
  message(connection: Connection, text: string): Promise<void>;
  /** A message has been sent to the client. */
  sent(connection: Connection): void;
  end(connection: Connection, closure: Closure): void;
}

interface Needs {
  readonly clock: Clock;
  readonly quotas: Quotas;
  /** The turns that all connections have between them which send too much. */
  readonly floods: OneByOne;
  readonly listener: ConnectionListener;
}

/** Runs an accepted WebSocket within the quotas, until one of both sides ends it. */
export const openConnection = (
  socket: WebSocket,
  { stage, facts }: { stage: Stage; facts: ConnectionFacts },
  { clock, quotas, floods, listener }: Needs,
): Connection => {
  let activeAt = clock.now();
  let ended = false;
  const end = (closure: Closure) => {
    if (ended) return;
    ended = true;
    cancelIdle();
    cancelAge();
    cancelUnread?.();
    listener.end(connection, closure);
  };

  /** A client that does not answer a close frame is not waited for. */
  let cancelDrop: (() => void) | undefined;
  const dropLater = () => {
    cancelDrop ??= clock.after(closeHandshakeMs, () => socket.terminate());
  };

  /**
   * From the first time that the client has left too much unread until it takes something again: nothing further is
   * written meanwhile, so what is unread can only have become less.
   */
  let cancelUnread: (() => void) | undefined;
  const hasRoom = (): boolean => {
    if (socket.bufferedAmount <= quotas.sendBufferBytes) {
      cancelUnread?.();
      cancelUnread = undefined;
      return true;
    }
    cancelUnread ??= clock.after(quotas.unreadMs, () => {
      if (hasRoom()) return;
      messages.drop();
      // A close frame would only wait behind the rest.
      socket.terminate();
      end(readsNothing);
    });
    return false;
  };

  const messages = createMessagesInTurn({
    atOnce: quotas.messagesAtOnce,
    floods,
    take: (text) => listener.message(connection, text),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    now: clock.now,
  });

  const connection: Connection = {
    stage,
    facts,
    isOpen: () => !ended && socket.readyState === socket.OPEN,
    lastActiveAt: () => activeAt,
    send(text) {
      if (!hasRoom()) return false;
      activeAt = clock.now();
      socket.send(text, asText);
      listener.sent(connection);
      return true;
    },
    close(closure) {
      messages.drop();
      socket.close(closure.code, closure.reason);
      // Its close frame is to be read, whatever it has sent before.
      socket.resume();
      dropLater();
      end(closure);
    },
    destroy: () => socket.terminate(),
  };

  socket.on("message", (data: Buffer, isBinary) => {
    if (!connection.isOpen()) return;
    if (isBinary) return connection.close(binaryFrame);
    activeAt = clock.now();
    messages.add(data.toString());
  });
  // `ws` would answer every ping, and keep the answers for a client that reads none.
  socket.on("ping", (data) => {
    if (connection.isOpen() && hasRoom()) socket.pong(data);
  });
  socket.on("error", (error: NodeJS.ErrnoException) => {
    dropLater();
    end(closedOver(error));
  });
  socket.on("close", (code, reason) => {
    cancelDrop?.();
    end(closedByClient(code, reason.toString()));
  });

  // One timer a connection, set anew when it fires: 15,000 connections would else set one with every message.
  const watchIdle = (ms: number): (() => void) =>
    clock.after(ms, () => {
      const left = activeAt + quotas.idleMs - clock.now();
      if (left <= 0) connection.close(goingAway);
      else cancelIdle = watchIdle(left);
    });
  let cancelIdle = watchIdle(quotas.idleMs);
  const cancelAge = clock.after(quotas.connectionMs, () => connection.close(goingAway));
  return connection;
};

const asText = { binary: false };

/** Milliseconds that a client has to answer a close frame. */
const closeHandshakeMs = 5_000;
