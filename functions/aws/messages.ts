import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { MessagePosted } from "../contracts/events.ts";
import type { Numbered, Page } from "../protocol/history-page.ts";
import { held } from "./conditional.ts";

/** A message as it is kept. */
export type Message = Omit<MessagePosted, "audience" | "sender" | "trace">;

interface Row extends Omit<Message, "data"> {
  /** JSON text: DynamoDB nests 32 levels and takes no empty set, JSON has no such limits. */
  readonly data: string;
  readonly sealed?: undefined;
  /** Unix time in seconds. */
  readonly expiresAt: number;
}

/** A number that no message has or will have. */
type Seal = Pick<Row, "room" | "seq" | "expiresAt"> & { readonly sealed: true };

/** The messages table: each room's messages, and the seals on unused numbers, until the retention has passed. */
export const messagesTable = (
  client: DynamoDBDocumentClient,
  TableName: string,
  retentionDays: number,
  now: () => number = Date.now,
) => {
  const expiryOf = (milliseconds: number) => Math.floor(milliseconds / 1000) + retentionDays * 86_400;
  const isPast = (expiresAt: number) => expiresAt <= Math.floor(now() / 1000);
  /** DynamoDB deletes what has expired within days only. */
  const isLive = ({ expiresAt }: Row | Seal) => !isPast(expiresAt);

  /** Puts a row. @returns false where another one has its number, and stays */
  const put = (row: Row | Seal, condition: string, values?: Record<string, string>): Promise<boolean> => {
    const conditional = new PutCommand({
      TableName,
      Item: row,
      ConditionExpression: condition,
      ...(values && { ExpressionAttributeValues: values }),
    });
    return held(client.send(conditional));
  };

  /** The numbers after `after` and up to `upTo`, at most `limit` rows, read with strong consistency. */
  const readAfter = async (room: string, after: number, upTo: number, limit: number): Promise<Page> => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: "room = :room AND seq BETWEEN :first AND :last",
        ExpressionAttributeValues: { ":room": room, ":first": after + 1, ":last": upTo },
        Limit: limit,
      }),
    );
    const rows = Items as (Row | Seal)[];
    return { found: rows.filter(isLive).map(numbered), upTo: LastEvaluatedKey ? LastEvaluatedKey.seq : upTo };
  };

  return {
    readAfter,

    /** Whether a message of that moment (Unix time in milliseconds) has expired. */
    hasExpired: (milliseconds: number): boolean => isPast(expiryOf(milliseconds)),

    /** Saves a message under its number. May be repeated. @returns false where the number is sealed */
    save: ({ data, received, ...message }: Message): Promise<boolean> =>
      put(
        { ...message, data: JSON.stringify(data), received, expiresAt: expiryOf(received) },
        "attribute_not_exists(seq) OR id = :id",
        { ":id": message.id },
      ),

    /** Seals a number, unless a message has it. @returns what the number is now */
    seal: async (room: string, seq: number): Promise<Numbered> => {
      const seal: Seal = { room, seq, sealed: true, expiresAt: expiryOf(now()) };
      if (await put(seal, "attribute_not_exists(seq)")) return { seq };
      const { found } = await readAfter(room, seq - 1, seq, 1);
      return found[0] ?? { seq };
    },

    /** Whether anything that has not expired is at a number or below it. */
    hasUpTo: async (room: string, seq: number): Promise<boolean> => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          ConsistentRead: true,
          KeyConditionExpression: "room = :room AND seq <= :seq",
          ExpressionAttributeValues: { ":room": room, ":seq": seq },
          ScanIndexForward: false,
          Limit: 1,
        }),
      );
      return (Items as (Row | Seal)[]).some(isLive);
    },
  };
};

const numbered = (row: Row | Seal): Numbered => {
  if (row.sealed) return { seq: row.seq };
  const { id, seq, from, data, received } = row;
  return { seq, message: { id, seq, from, data: JSON.parse(data), received } };
};
