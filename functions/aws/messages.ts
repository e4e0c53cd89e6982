import { type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { MessagePosted } from "../contracts/events.ts";

/** A message as it is kept. */
export type Message = Omit<MessagePosted, "sender" | "trace">;

/** The messages table: each room's messages by number, until the retention has passed. */
export const messagesTable = (client: DynamoDBDocumentClient, TableName: string, retentionDays: number) => ({
  /**
   * Saves a message under its number, which nobody else has. `data` is kept as JSON text: DynamoDB nests 32 levels
   * and takes no empty set, JSON has no such limits.
   */
  save: async ({ data, received, ...message }: Message): Promise<void> => {
    const expiresAt = Math.floor(received / 1000) + retentionDays * 86_400;
    await client.send(
      new PutCommand({
        TableName,
        Item: { ...message, data: JSON.stringify(data), received, expiresAt },
        ConditionExpression: "attribute_not_exists(seq) OR id = :id",
        ExpressionAttributeValues: { ":id": message.id },
      }),
    );
  },
});
