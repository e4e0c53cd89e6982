import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Head } from "../protocol/answers.ts";

/** The rooms table: how far each room's numbers are. A room begins with the first member or message. */
export const roomsTable = (client: DynamoDBDocumentClient, TableName: string, newEpoch: () => string) => {
  /** Adds to the room's number, and begins the room where it is new. */
  const add = async (room: string, count: 0 | 1): Promise<Head> => {
    const { Attributes } = await client.send(
      new UpdateCommand({
        TableName,
        Key: { room },
        UpdateExpression: "SET epoch = if_not_exists(epoch, :epoch) ADD seq :count",
        ExpressionAttributeValues: { ":epoch": newEpoch(), ":count": count },
        ReturnValues: "ALL_NEW",
      }),
    );
    return { epoch: Attributes?.epoch, seq: Attributes?.seq };
  };

  return {
    /** Takes the room's next number. A number that is taken and not used stays a gap. */
    takeNumber: async (room: string): Promise<number> => (await add(room, 1)).seq,

    /** The room's head, read with strong consistency. */
    head: async (room: string): Promise<Head> => {
      const { Item } = await client.send(new GetCommand({ TableName, Key: { room }, ConsistentRead: true }));
      return Item ? { epoch: Item.epoch, seq: Item.seq } : add(room, 0);
    },
  };
};
