import { readFileSync } from "node:fs";
import {
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from "@aws-sdk/client-dynamodb";
import jsonata from "jsonata";
import { ROOM_INDEX } from "../../functions/contracts/environment.ts";

const file = new URL("../../statemachines/room-fanout.asl.json", import.meta.url);
const query: string = JSON.parse(readFileSync(file, "utf8")).States["Query a page"].Arguments;

interface Reading {
  readonly client: DynamoDBClient;
  /** The connections table's name. */
  readonly table: string;
}

/** Where a page ended; null before the first. */
type StartKey = QueryCommandOutput["LastEvaluatedKey"] | null;

/** Reads a room's index with the very Arguments of the state machine, page by page. */
export const roomIndex = ({ client, table }: Reading, room: string, sender = "nobody") => {
  const page = async (startKey: StartKey, limit?: number) => {
    const expression = query
      .replace(/^\{%|%\}$/g, "")
      .replace(/\$\{ConnectionsTable\}/, table)
      .replace(/\$\{RoomIndex\}/, ROOM_INDEX);
    const input: QueryCommandInput = await jsonata(expression).evaluate(null, { message: { room, sender }, startKey });
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({ ...input, Limit: limit ?? input.Limit }),
    );
    return { items: Items, next: LastEvaluatedKey ?? null };
  };
  return {
    page,
    /** Every page to the end, as lists of connection ids. @param limit rows a page, if not the state machine's own */
    pages: async (limit?: number): Promise<string[][]> => {
      const pages: string[][] = [];
      let startKey: StartKey = null;
      do {
        const { items, next } = await page(startKey, limit);
        pages.push(items.map(({ connectionId }) => String(connectionId?.S)));
        startKey = next;
      } while (startKey);
      return pages;
    },
  };
};
