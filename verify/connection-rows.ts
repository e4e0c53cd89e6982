import { DeleteCommand, GetCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { eventually } from "./patience.ts";
import type { Stack } from "./stack.ts";

/** A row of the connections table: a connection's place in one room. */
export interface Row {
  readonly connectionId: string;
  readonly room: string;
  /** Unix time in milliseconds. */
  readonly connectedAt: number;
  readonly [attribute: string]: unknown;
}

/** The connections table as the state machine sees it, by `room-index`, and as it is. */
export const connectionRows = ({ tables, connectionsTable }: Stack, patienceMs: number) => {
  const keyOf = ({ connectionId, room }: Row) => ({ connectionId, room });

  const get = async (row: Row): Promise<Row | undefined> => {
    const TableName = await connectionsTable();
    const { Item } = await tables.send(new GetCommand({ TableName, Key: keyOf(row), ConsistentRead: true }));
    return Item as Row | undefined;
  };

  const inIndex = async (room: string) => {
    const { Items = [] } = await tables.send(
      new QueryCommand({
        TableName: await connectionsTable(),
        IndexName: "room-index",
        KeyConditionExpression: "room = :room",
        ExpressionAttributeValues: { ":room": room },
      }),
    );
    return Items as Row[];
  };

  return {
    /** Waits until the index shows as many members of a room. */
    members: async (room: string, count: number): Promise<Row[]> =>
      eventually(`A room-index of ${await connectionsTable()} that shows ${count} members`, patienceMs, async () => {
        const rows = await inIndex(room);
        return rows.length === count ? rows : undefined;
      }),
    get,
    /** Waits until a row is there no more. @returns after how many milliseconds */
    gone: async (row: Row, withinMs = patienceMs): Promise<number> => {
      const began = Date.now();
      return eventually("The removal of the row", withinMs, async () =>
        (await get(row)) ? undefined : Date.now() - began,
      );
    },
    put: async (Item: Row): Promise<void> => {
      await tables.send(new PutCommand({ TableName: await connectionsTable(), Item }));
    },
    remove: async (row: Row): Promise<void> => {
      await tables.send(new DeleteCommand({ TableName: await connectionsTable(), Key: keyOf(row) }));
    },
  };
};
