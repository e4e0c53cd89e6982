import { DynamoDBClient, type DynamoDBClientConfig, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";

/** What each table's name has in it: its place in the template. */
const places = {
  connections: "tablesconnections",
  rooms: "tablesrooms",
  messages: "tablesmessages",
  refs: "tablesrefs",
  presence: "presencetable",
  people: "peopletable",
} as const;
type Table = keyof typeof places;

/** Reads and writes the tables as anybody with an SDK would. */
export const tableRows = (client: DynamoDBClientConfig) => {
  const tables = DynamoDBDocumentClient.from(new DynamoDBClient(client));
  const nameOf = async (table: Table) => {
    const { TableNames = [] } = await tables.send(new ListTablesCommand({}));
    return TableNames.find((name) => name.includes(places[table]));
  };
  return {
    /** Every row of one of the tables. */
    rows: async (table: Table): Promise<Record<string, unknown>[]> => {
      const TableName = await nameOf(table);
      return (await tables.send(new ScanCommand({ TableName, ConsistentRead: true }))).Items ?? [];
    },
    putRows: async (table: Table, ...rows: Record<string, unknown>[]): Promise<void> => {
      const TableName = await nameOf(table);
      await Promise.all(rows.map((Item) => tables.send(new PutCommand({ TableName, Item }))));
    },
    close: () => tables.destroy(),
  };
};
