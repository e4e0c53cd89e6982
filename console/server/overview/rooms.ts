import { paginateScan } from "@aws-sdk/lib-dynamodb";
import type { Stack } from "../../../verify/stack.ts";
import type { RoomRow } from "../../contract.ts";

/** Who is in the rooms. */
export interface Occupancy {
  readonly connections: number;
  /** Connections by room. */
  readonly members: ReadonlyMap<string, number>;
}

export const NOBODY: Occupancy = { connections: 0, members: new Map() };

/** Reads the whole connections table, as AWS has nothing that counts by room. @param now Unix ms */
export const readOccupancy = async (stack: Pick<Stack, "tables" | "connectionsTable">, now: number) => {
  const connections = new Set<string>();
  const members = new Map<string, number>();
  const scan = {
    TableName: await stack.connectionsTable(),
    ProjectionExpression: "connectionId, room",
    FilterExpression: "expiresAt > :now",
    ExpressionAttributeValues: { ":now": Math.floor(now / 1000) },
  };
  for await (const { Items = [] } of paginateScan({ client: stack.tables }, scan))
    for (const { connectionId, room } of Items) {
      connections.add(connectionId);
      members.set(room, (members.get(room) ?? 0) + 1);
    }
  return { connections: connections.size, members };
};

/** What passes in a room. */
export interface RoomPace {
  readonly messagesPerMinute: number;
  readonly lastMessageAt: number;
}

/** The rooms that have members, those with most messages first, then the larger first. */
export const roomRows = ({ members }: Occupancy, paces: ReadonlyMap<string, RoomPace>): RoomRow[] =>
  [...members]
    .map(([room, count]) => ({ room, members: count, messagesPerMinute: 0, ...paces.get(room) }))
    .sort(
      (one, other) =>
        other.messagesPerMinute - one.messagesPerMinute ||
        other.members - one.members ||
        one.room.localeCompare(other.room),
    );
