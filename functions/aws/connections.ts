import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
} from "@aws-sdk/lib-dynamodb";
import type { Author } from "../protocol/answers.ts";
import { slotOf } from "../protocol/slot.ts";

/** A connection's place in one room: a row of the connections table. */
export interface Membership {
  readonly connectionId: string;
  readonly room: string;
  /** Unix time in milliseconds. */
  readonly connectedAt: number;
  /** Whose connection it is. */
  readonly member: Author;
}

/** API Gateway ends a connection after 2 hours; what is still there 5 minutes later was left behind. */
const LIFETIME_SECONDS = 2 * 3600 + 300;

/** The connections table: which connection is in which rooms. Every write may be repeated. */
export const connectionsTable = (client: DynamoDBDocumentClient, TableName: string) => {
  const removeMember = async (connectionId: string, room: string): Promise<void> => {
    await client.send(new DeleteCommand({ TableName, Key: { connectionId, room } }));
  };

  /** The rooms that a connection is in, read with strong consistency, at most `limit`. */
  const roomsOf = async (connectionId: string, limit?: number): Promise<string[]> => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: "connectionId = :id",
        ExpressionAttributeValues: { ":id": connectionId },
        ProjectionExpression: "room",
        Limit: limit,
      }),
    );
    return Items.map(({ room }) => room);
  };

  return {
    addMember: async ({ connectionId, room, connectedAt, member }: Membership): Promise<void> => {
      const expiresAt = Math.floor(connectedAt / 1000) + LIFETIME_SECONDS;
      const slot = slotOf(connectionId);
      const Item = { connectionId, room, slot, connectedAt, expiresAt, memberId: member.id, name: member.name };
      await client.send(new PutCommand({ TableName, Item }));
    },

    removeMember,

    isMember: async (connectionId: string, room: string): Promise<boolean> => {
      const read = new GetCommand({ TableName, Key: { connectionId, room }, ConsistentRead: true });
      return (await client.send(read)).Item !== undefined;
    },

    roomsOf,

    /**
     * Removes the connection from every room. A connection is in few rooms, so one page holds them.
     * @returns the rooms that it was in
     */
    removeConnection: async (connectionId: string): Promise<readonly string[]> => {
      const rooms = await roomsOf(connectionId);
      await Promise.all(rooms.map((room) => removeMember(connectionId, room)));
      return rooms;
    },
  };
};
