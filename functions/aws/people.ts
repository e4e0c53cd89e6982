import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { LIFETIME_SECONDS } from "./connections.ts";

/** One of somebody's connections. */
export interface PersonsConnection {
  readonly connectionId: string;
  /** Unix time in milliseconds. */
  readonly connectedAt: number;
}

/** What is known of an identity. */
export interface Person {
  /** Those that may be open: one that ended without a `$disconnect` is among them for up to two hours. */
  readonly connections: readonly PersonsConnection[];
  /** Unix time in seconds until which they may not connect; 0 where they may. */
  readonly barredUntil: number;
}

const BAN = "ban";
const itemOf = (connectionId: string) => `connection#${connectionId}`;

/** The people table: an identity's connections, and whether they may connect. Every write may be repeated. */
export const peopleTable = (client: DynamoDBDocumentClient, TableName: string) => {
  const remove = async (identity: string, item: string): Promise<void> => {
    await client.send(new DeleteCommand({ TableName, Key: { identity, item } }));
  };

  return {
    countIn: async (identity: string, { connectionId, connectedAt }: PersonsConnection): Promise<void> => {
      const expiresAt = Math.floor(connectedAt / 1000) + LIFETIME_SECONDS;
      const Item = { identity, item: itemOf(connectionId), connectionId, connectedAt, expiresAt };
      await client.send(new PutCommand({ TableName, Item }));
    },

    countOut: (identity: string, connectionId: string): Promise<void> => remove(identity, itemOf(connectionId)),

    /** All of it, read with strong consistency at Unix time `now` in milliseconds. */
    personOf: async (identity: string, now: number): Promise<Person> => {
      const rows: Row[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await client.send(
          new QueryCommand({
            TableName,
            ConsistentRead: true,
            KeyConditionExpression: "#identity = :identity",
            // DynamoDB deletes expired rows late.
            FilterExpression: "expiresAt > :now",
            ExpressionAttributeNames: { "#identity": "identity" },
            ExpressionAttributeValues: { ":identity": identity, ":now": Math.floor(now / 1000) },
            ExclusiveStartKey,
          }),
        );
        rows.push(...(Items as Row[]));
        ExclusiveStartKey = LastEvaluatedKey;
      } while (ExclusiveStartKey);
      const connections = rows.flatMap((row) =>
        "until" in row ? [] : { connectionId: row.connectionId, connectedAt: row.connectedAt },
      );
      return { connections, barredUntil: rows.find((row) => "until" in row)?.until ?? 0 };
    },

    /** Bars somebody until Unix time `until` in seconds; 0 lets them in again. */
    bar: async (identity: string, until: number): Promise<void> => {
      if (until === 0) await remove(identity, BAN);
      else await client.send(new PutCommand({ TableName, Item: { identity, item: BAN, until, expiresAt: until } }));
    },
  };
};

type Row = PersonsConnection | { readonly until: number };
