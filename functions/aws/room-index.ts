import { type DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { ROOM_INDEX } from "../contracts/environment.ts";
import type { Present } from "../protocol/roster.ts";

/** A connection in a room, and where it stands among the others. */
export interface Listed extends Present {
  /** A uniform hash of the connection's id, then the id: the order of the index. */
  readonly slot: string;
}

/** Connections of a room in the order of their slots. */
export interface ListedPage {
  readonly connections: readonly Listed[];
  /** The slot to go on after; undefined at the room's end. */
  readonly next: string | undefined;
}

/** Slots begin with a hex digit; an empty key is none to DynamoDB. */
const BEFORE_ALL = " ";

/**
 * The index of the connections table by room, eventually consistent: a moment behind the table. About 20 rows are a
 * read request unit.
 * @param now Unix time in milliseconds
 */
export const roomIndex = (client: DynamoDBDocumentClient, TableName: string, now: () => number) => {
  /** The connections after a slot, or from the first: `limit` rows are read, and those that have expired left out. */
  const list = async (room: string, limit: number, after = BEFORE_ALL): Promise<ListedPage> => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName,
        IndexName: ROOM_INDEX,
        KeyConditionExpression: "room = :room AND slot > :after",
        // DynamoDB deletes expired rows late.
        FilterExpression: "expiresAt > :now",
        ProjectionExpression: "connectionId, connectedAt, validUntil, slot, memberId, #name",
        ExpressionAttributeNames: { "#name": "name" },
        ExpressionAttributeValues: { ":room": room, ":after": after, ":now": Math.floor(now() / 1000) },
        Limit: limit,
      }),
    );
    return { connections: Items as Listed[], next: LastEvaluatedKey?.slot };
  };

  return {
    list,

    /** All connections of a room, or the first `limit` of a larger one. */
    listUpTo: async (room: string, limit: number): Promise<readonly Listed[]> => {
      const found: Listed[] = [];
      // One page, unless some of its rows have expired.
      for (let after: string | undefined = BEFORE_ALL; after !== undefined && found.length < limit; ) {
        const { connections, next }: ListedPage = await list(room, limit - found.length, after);
        found.push(...connections);
        after = next;
      }
      return found;
    },
  };
};
