import { DynamoDBClient, type DynamoDBClientConfig, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";

/** Reads the tables as anybody with an SDK would. */
export const tableRows = (client: DynamoDBClientConfig) => {
  const tables = DynamoDBDocumentClient.from(new DynamoDBClient(client));
  return {
    /** Every row of one of the tables. */
    rows: async (table: "connections" | "rooms" | "messages"): Promise<Record<string, unknown>[]> => {
      const { TableNames = [] } = await tables.send(new ListTablesCommand({}));
      const TableName = TableNames.find((name) => name.includes(`tables${table}`));
      return (await tables.send(new ScanCommand({ TableName, ConsistentRead: true }))).Items ?? [];
    },
    close: () => tables.destroy(),
  };
};
