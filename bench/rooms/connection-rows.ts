import { BatchWriteItemCommand, DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import { slotOf } from "../../functions/protocol/slot.ts";
import type { Sdk } from "../runtime-process.ts";
import { inTurns } from "../turns.ts";

/** What the name of the connections table has in it: its place in the template. */
const PLACE = "tablesconnections";
/** A batch takes 25 rows. */
const BATCH = 25;
const WRITING = 4;
const LIFETIME_SECONDS = 2 * 3600;

/** The connections table, by the door that every SDK has. */
export const connectionRows = async (sdk: Sdk) => {
  const client = new DynamoDBClient(sdk);
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const table = TableNames.find((name) => name.includes(PLACE));
  if (!table) throw new Error(`None of the tables is the connections table: ${TableNames.join(", ")}`);
  return {
    /** The ids of a room's connections. */
    async idsIn(room: string): Promise<string[]> {
      const ids: string[] = [];
      const pages = paginateScan({ client: DynamoDBDocumentClient.from(client) }, { TableName: table });
      for await (const { Items = [] } of pages)
        for (const item of Items) if (item.room === room) ids.push(item.connectionId);
      return ids;
    },
    /** Writes rows of rooms that nobody publishes to. @param first the number of the first, so that none comes twice */
    async addStrangers(first: number, count: number, roomSize: number): Promise<void> {
      await inTurns(Math.ceil(count / BATCH), WRITING, (batch) => {
        const begin = first + batch * BATCH;
        const rows = Array.from({ length: Math.min(BATCH, first + count - begin) }, (_, row) => begin + row);
        const puts = rows.map((row) => ({ PutRequest: { Item: strangerRow(row, Math.floor(row / roomSize)) } }));
        return client.send(new BatchWriteItemCommand({ RequestItems: { [table]: puts } }));
      });
    },
    close: () => client.destroy(),
  };
};

/** A row as `join` writes it. */
const strangerRow = (row: number, room: number) => {
  const connectionId = `stranger-${row}`;
  const now = Date.now();
  return {
    connectionId: { S: connectionId },
    room: { S: `strangers ${room}` },
    slot: { S: slotOf(connectionId) },
    connectedAt: { N: String(now) },
    expiresAt: { N: String(Math.floor(now / 1000) + LIFETIME_SECONDS) },
    memberId: { S: connectionId },
    name: { S: "A stranger" },
  };
};
