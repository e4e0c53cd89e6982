import type { Chat, ChatEvents, ConnectOptions } from "./chat.ts";
import { systemClock, whenAborted } from "./clock.ts";
import { type Connection, createConnection } from "./connection.ts";
import { offered, randomText } from "./credentials.ts";
import { RoomcastError } from "./error.ts";
import { createEvents } from "./events.ts";
import { createHeartbeat, type Heartbeat } from "./heartbeat.ts";
import { createJoinedRoom, type JoinedRoom } from "./joined-room.ts";
import type { Queue } from "./outbox.ts";
import { keepConnected } from "./reconnecting.ts";
import type { Self } from "./stream.ts";
import { onWakeUp } from "./wake-ups.ts";
import { platformWebSocket } from "./web-socket.ts";

const PING_EVERY_MS = 120_000;
const MAX_ROOM_BYTES = 128;
const MAX_NAME = 64;

/**
 * Connects to Roomcast, and stays connected until it is closed. What is sent meanwhile waits; what is said meanwhile
 * is fetched.
 * @param endpoint the WebSocket endpoint of a stage, such as `wss://….execute-api.us-east-1.amazonaws.com/prod`
 * @throws TypeError for an address, a secret or a name that cannot be one, or if there is no WebSocket here
 */
export const connect = (endpoint: string | URL, options: ConnectOptions = {}): Chat => {
  const { name = "", token, pingEvery = PING_EVERY_MS, signal, needs } = options;
  const { clock = systemClock, random = Math.random } = needs ?? {};
  const secret = token === undefined ? (options.secret ?? randomText()) : undefined;
  if (name.length > MAX_NAME) throw new TypeError(`A name has at most ${MAX_NAME} characters.`);
  const protocols = offered(secret, token);
  const WebSocket = options.WebSocket ?? platformWebSocket();
  const url = new URL(endpoint);
  if (name) url.searchParams.set("name", name);

  const events = createEvents<ChatEvents>();
  const rooms = new Map<string, JoinedRoom>();
  /** Rooms that are being left: they may be joined again only after that. */
  const leaving = new Map<string, Promise<void>>();
  const heartbeats = new Map<Connection, Heartbeat>();
  const queue: Queue = { waiting: 0 };
  const self: Self = { name, author: undefined };
  const refs = randomText();
  let refsMade = 0;
  const newRef = () => `${refs}-${refsMade++}`;

  const connection = (told: { opened: () => void; closed: (reason: string) => void }): Connection => {
    const made = createConnection({
      dial: async () => new WebSocket(String(url), await protocols()),
      clock,
      opened: () => {
        heartbeats.set(made, heartbeat(made));
        told.opened();
      },
      received: (frame) => rooms.get(frame.room)?.received(frame),
      unanswered: () => heartbeats.get(made)?.check(),
      closed: (reason) => {
        heartbeats.get(made)?.stop();
        heartbeats.delete(made);
        told.closed(reason);
        const other = kept.open.at(-1);
        for (const [name, room] of rooms) {
          room.connectionEnded();
          // While a connection is renewed either of the two may end: the rooms go on by the other.
          if (other && !room.isOn(other)) void enter(name, other);
        }
      },
    });
    return made;
  };
  const heartbeat = (of: Connection) =>
    createHeartbeat({
      connection: of,
      clock,
      newRef,
      pingEvery,
      rooms: () => [...rooms].filter(([, room]) => room.isOn(of)).map(([room]) => room),
      headIs: (room, head) => rooms.get(room)?.headIs(head, of),
    });

  const enter = async (name: string, on: Connection) => {
    await leaving.get(name);
    await rooms.get(name)?.enter(on);
  };
  const kept = keepConnected({
    dial: connection,
    enter: (on) => Promise.all([...rooms.keys()].map((room) => enter(room, on))),
    changed: (state) => events.emit("state", state),
    clock,
    random,
  });
  const stopWaking = onWakeUp(() => {
    kept.hurry();
    for (const beat of heartbeats.values()) beat.probe();
  });

  const join: Chat["join"] = (given, { after, signal } = {}) => {
    const room = given.normalize("NFC");
    const bytes = new TextEncoder().encode(room).length;
    if (kept.state === "closed") throw new RoomcastError("CLOSED", "The client was closed.");
    if (bytes < 1 || bytes > MAX_ROOM_BYTES)
      throw new RoomcastError("BAD_ROOM", `A room's name has 1 to ${MAX_ROOM_BYTES} bytes of UTF-8.`);
    const known = rooms.get(room);
    if (known) return known.room;
    const made = createJoinedRoom({
      name: room,
      after,
      self,
      queue,
      clock,
      random,
      newRef,
      joined: () => {
        for (const beat of heartbeats.values()) beat.soon();
      },
      left: (toldServer) => {
        rooms.delete(room);
        leaving.set(room, toldServer);
        void toldServer.then(() => leaving.get(room) === toldServer && leaving.delete(room));
      },
    });
    rooms.set(room, made);
    const on = kept.open.at(-1);
    if (on) void enter(room, on);
    whenAborted(signal, () => void made.room.leave());
    return made.room;
  };

  const close = async () => {
    stopWaking();
    for (const room of [...rooms.values()]) room.close(new RoomcastError("CLOSED", "The client was closed."));
    await kept.close();
  };
  whenAborted(signal, () => void close());

  return {
    secret,
    on: events.on,
    get state() {
      return kept.state;
    },
    join,
    close,
  };
};
