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
  /** When its token expires, in Unix seconds; not there for a guest. */
  readonly validUntil?: number | undefined;
}

/** What a connection that was removed has left behind. */
export interface Removed {
  /** The rooms that it was in. */
  readonly rooms: readonly string[];
  /** Whose it was; not known of one that was in no room. */
  readonly identity: string | undefined;
}

/** API Gateway ends a connection after 2 hours; what is still there 5 minutes later was left behind. */
export const LIFETIME_SECONDS = 2 * 3600 + 300;

/** The connections table: which connection is in which rooms. Every write may be repeated. */
export const connectionsTable = (client: DynamoDBDocumentClient, TableName: string) => {
  const removeMember = async (connectionId: string, room: string): Promise<void> => {
    await client.send(new DeleteCommand({ TableName, Key: { connectionId, room } }));
  };

  const placesOf = async (connectionId: string, limit?: number) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: "connectionId = :id",
        ExpressionAttributeValues: { ":id": connectionId },
        ProjectionExpression: "room, memberId",
        Limit: limit,
      }),
    );
    return Items as { readonly room: string; readonly memberId?: string }[];
  };

  return {
    addMember: async ({ connectionId, room, connectedAt, member, validUntil }: Membership): Promise<void> => {
      const expiresAt = Math.floor(connectedAt / 1000) + LIFETIME_SECONDS;
      const slot = slotOf(connectionId);
      const { id: memberId, name } = member;
      const Item = { connectionId, room, slot, connectedAt, expiresAt, memberId, name, validUntil };
      await client.send(new PutCommand({ TableName, Item }));
    },

    removeMember,

    isMember: async (connectionId: string, room: string): Promise<boolean> => {
      const read = new GetCommand({ TableName, Key: { connectionId, room }, ConsistentRead: true });
      return (await client.send(read)).Item !== undefined;
    },

    /** The rooms that a connection is in, read with strong consistency, at most `limit`. */
    roomsOf: async (connectionId: string, limit?: number): Promise<string[]> =>
      (await placesOf(connectionId, limit)).map(({ room }) => room),

    /** Removes the connection from every room. A connection is in few rooms, so one page holds them. */
    removeConnection: async (connectionId: string): Promise<Removed> => {
      const places = await placesOf(connectionId);
      const rooms = places.map(({ room }) => room);
      await Promise.all(rooms.map((room) => removeMember(connectionId, room)));
      return { rooms, identity: places[0]?.memberId };
    },
  };
};
