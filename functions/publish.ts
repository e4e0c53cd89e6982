import { ulid } from "ulid";
import { eventBus } from "./aws/bus.ts";
import { tablesClient } from "./aws/clients.ts";
import { connectionsTable } from "./aws/connections.ts";
import { type Message, messagesTable } from "./aws/messages.ts";
import { roomsTable } from "./aws/rooms.ts";
import { ENVIRONMENT } from "./contracts/environment.ts";
import type { MessagePosted } from "./contracts/events.ts";
import { MAX_DATA_BYTES, PublishFrame, readFrame } from "./protocol/frames.ts";
import { Refusal } from "./protocol/refusal.ts";
import { required, requiredNumber } from "./runtime/environment.ts";
import { type Route, route } from "./runtime/route.ts";

interface Needs {
  readonly isMember: (connectionId: string, room: string) => Promise<boolean>;
  readonly roomsOf: (connectionId: string, limit: number) => Promise<readonly string[]>;
  readonly takeNumber: (room: string) => Promise<number>;
  readonly save: (message: Message) => Promise<void>;
  readonly announce: (message: MessagePosted) => Promise<void>;
  /** A ULID of that moment. */
  readonly newId: (now: number) => string;
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

/**
 * The `publish` route: numbers and saves the message, then announces it on the bus. It posts to nobody, so its cost
 * does not depend on the room's size.
 * @returns the ack; refuses with BAD_FRAME, BAD_ROOM, NOT_A_MEMBER or TOO_LARGE.
 */
export const publish =
  (needs: Needs): Route =>
  async ({ connectionId, sender, body, observe }) => {
    const { room: named, data } = readFrame(PublishFrame, body);
    if (Buffer.byteLength(JSON.stringify(data)) > MAX_DATA_BYTES)
      throw new Refusal("TOO_LARGE", `\`data\` has at most ${MAX_DATA_BYTES} bytes as JSON.`);
    const room = named ?? (await onlyRoomOf(connectionId, needs));
    observe.annotate("room", room);
    if (named !== undefined && !(await needs.isMember(connectionId, room)))
      throw new Refusal("NOT_A_MEMBER", "You are not in this room: join it first.");
    const received = needs.now();
    const id = needs.newId(received);
    observe.message(id);
    const message = { id, room, seq: await needs.takeNumber(room), from: sender, data, received };
    await needs.save(message);
    await needs.announce({ ...message, sender: connectionId, trace: observe.traceHeader() });
    observe.annotate("outcome", "posted");
    observe.log.info("Posted.", { room, seq: message.seq });
    return { type: "ack", room, id, seq: message.seq, received };
  };

/** The room that a frame without one means. @throws Refusal unless the connection is in exactly one room */
const onlyRoomOf = async (connectionId: string, { roomsOf }: Needs): Promise<string> => {
  const [room, another] = await roomsOf(connectionId, 2);
  if (room === undefined) throw new Refusal("NOT_A_MEMBER", "You are in no room: join one first.");
  if (another !== undefined) throw new Refusal("BAD_ROOM", "You are in several rooms: say which one in `room`.");
  return room;
};

export const handler = route(publish, () => {
  const client = tablesClient();
  return {
    ...connectionsTable(client, required(ENVIRONMENT.connectionsTable)),
    ...roomsTable(client, required(ENVIRONMENT.roomsTable), ulid),
    ...messagesTable(client, required(ENVIRONMENT.messagesTable), requiredNumber(ENVIRONMENT.retentionDays)),
    ...eventBus(required(ENVIRONMENT.eventBus)),
    newId: ulid,
    now: Date.now,
  };
});
