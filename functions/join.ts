import { ulid } from "ulid";
import { tablesClient } from "./aws/clients.ts";
import { connectionsTable, type Membership } from "./aws/connections.ts";
import { roomsTable } from "./aws/rooms.ts";
import { ENVIRONMENT } from "./contracts/environment.ts";
import type { Head } from "./protocol/answers.ts";
import { RoomFrame, readFrame } from "./protocol/frames.ts";
import { Refusal } from "./protocol/refusal.ts";
import { permit } from "./protocol/rights.ts";
import { required } from "./runtime/environment.ts";
import { presence, type Stirred } from "./runtime/presence.ts";
import { type Route, route } from "./runtime/route.ts";

/** How many rooms one connection may be in. */
export const MAX_ROOMS = 50;

interface Needs {
  readonly addMember: (member: Membership) => Promise<void>;
  readonly removeMember: (connectionId: string, room: string) => Promise<void>;
  readonly roomsOf: (connectionId: string, limit: number) => Promise<readonly string[]>;
  readonly head: (room: string) => Promise<Head>;
  readonly stirred: Stirred;
}

/**
 * The `join` route. The head is read after the membership is written: a message numbered above it is either delivered
 * or, where the index was behind, missed knowingly.
 * @returns `joined` with the room's head; refuses with BAD_ROOM, FORBIDDEN or TOO_MANY_ROOMS.
 */
export const join =
  ({ addMember, removeMember, roomsOf, head, stirred }: Needs): Route =>
  async ({ connectionId, connectedAt, sender, rights, validUntil, body, observe }) => {
    const { room } = readFrame(RoomFrame, body);
    observe.annotate("room", room);
    permit(rights, "join", room);
    await addMember({ connectionId, room, connectedAt, member: sender, validUntil });
    // Counted after the write: of several joins at once none can then slip past the limit.
    if ((await roomsOf(connectionId, MAX_ROOMS + 1)).length > MAX_ROOMS) {
      await removeMember(connectionId, room);
      throw new Refusal("TOO_MANY_ROOMS", `A connection is in at most ${MAX_ROOMS} rooms: leave one first.`);
    }
    const [at] = await Promise.all([head(room), stirred(room, observe)]);
    return { type: "joined", room, ...at };
  };

export const handler = route(join, () => {
  const client = tablesClient();
  return {
    ...connectionsTable(client, required(ENVIRONMENT.connectionsTable)),
    ...roomsTable(client, required(ENVIRONMENT.roomsTable), ulid),
    ...presence(client),
  };
});
