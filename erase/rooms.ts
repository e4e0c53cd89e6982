import { DeleteCommand, type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { held } from "../functions/aws/conditional.ts";

/** How far a room's numbers are. */
export interface Head {
  readonly epoch: string;
  readonly seq: number;
}

/** The rooms table, and the rows that presence has of a room. @param presence undefined where a stack has no presence */
export const roomsTable = (client: DynamoDBDocumentClient, TableName: string, presence: string | undefined) => ({
  headOf: async (room: string): Promise<Head | undefined> => {
    const { Item } = await client.send(new GetCommand({ TableName, Key: { room }, ConsistentRead: true }));
    return Item as Head | undefined;
  },

  removeRoom: (room: string, head: Head | undefined): Promise<boolean> => {
    const remove = new DeleteCommand({
      TableName,
      Key: { room },
      ConditionExpression: head ? "epoch = :epoch AND seq = :seq" : "attribute_not_exists(seq)",
      ...(head && { ExpressionAttributeValues: { ":epoch": head.epoch, ":seq": head.seq } }),
    });
    return held(client.send(remove));
  },

  removePresence: async (room: string): Promise<void> => {
    if (!presence) return;
    for (const row of ["pace", "roster"])
      await client.send(new DeleteCommand({ TableName: presence, Key: { room, row } }));
  },
});
