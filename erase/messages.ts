import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  paginateQuery,
  paginateScan,
} from "@aws-sdk/lib-dynamodb";
import { held } from "../functions/aws/conditional.ts";

/** A message that is kept, as far as erasing asks. */
export interface Saved {
  readonly room: string;
  readonly seq: number;
  readonly id: string;
  /** Unix time in seconds. */
  readonly expiresAt: number;
}

/**
 * The messages table, as erasing needs it. It has no index by author, which every message would pay for: to find
 * somebody's, all of it is read.
 */
export const messagesTable = (client: DynamoDBDocumentClient, TableName: string) => {
  const numbers = async function* (room: string, filter: { FilterExpression?: string }) {
    const pages = paginateQuery(
      { client },
      {
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: "room = :room",
        ...filter,
        ProjectionExpression: "seq",
        ExpressionAttributeValues: { ":room": room },
      },
    );
    for await (const { Items = [] } of pages) yield Items.map(({ seq }) => Number(seq));
  };

  return {
    messagesOf: async function* (identity: string) {
      const pages = paginateScan(
        { client },
        {
          TableName,
          // So all that was saved before the scan began is found.
          ConsistentRead: true,
          FilterExpression: "#from.id = :identity",
          ProjectionExpression: "room, seq, id, expiresAt",
          ExpressionAttributeNames: { "#from": "from" },
          ExpressionAttributeValues: { ":identity": identity },
        },
      );
      for await (const { Items = [] } of pages) yield Items as Saved[];
    },

    /**
     * The seal expires with the message: `history` reckons with what expires in the order of the numbers. The condition
     * leaves alone what is not this message any more, and does not bring back what has expired.
     */
    seal: async ({ room, seq, id, expiresAt }: Saved): Promise<boolean> => {
      const put = new PutCommand({
        TableName,
        Item: { room, seq, sealed: true, expiresAt },
        ConditionExpression: "id = :id",
        ExpressionAttributeValues: { ":id": id },
      });
      return held(client.send(put));
    },

    numbersIn: (room: string) => numbers(room, {}),

    sealsIn: (room: string) => numbers(room, { FilterExpression: "attribute_exists(sealed)" }),

    removeNumber: async (room: string, seq: number): Promise<void> => {
      await client.send(new DeleteCommand({ TableName, Key: { room, seq } }));
    },
  };
};
