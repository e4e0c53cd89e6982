import { type DynamoDBClient, QueryCommand, type QueryCommandInput } from "@aws-sdk/client-dynamodb";
import jsonata from "jsonata";
import { ROOM_INDEX } from "../../functions/contracts/environment.ts";
import { definitionOf } from "../../infra/definition.ts";

const query = JSON.parse(definitionOf("room-segment")).States["Query a page"];

interface Reading {
  readonly client: DynamoDBClient;
  /** The connections table's name. */
  readonly table: string;
}

/** Where a page begins and the segment ends: `0` and `g` are before and after every slot. */
interface Range {
  readonly from: string;
  readonly to: string;
}

/** A whole room. */
export const ALL: Range = { from: "0", to: "g" };

/** A template of the States Language with its expressions evaluated. */
const evaluated = async (template: unknown, variables: Record<string, unknown>): Promise<unknown> => {
  if (typeof template === "string")
    return template.startsWith("{%") ? jsonata(template.slice(2, -2)).evaluate(null, variables) : template;
  if (typeof template !== "object" || template === null) return template;
  const fields = Object.entries(template).map(async ([key, value]) => [key, await evaluated(value, variables)]);
  return Object.fromEntries(await Promise.all(fields));
};

/** Reads a room's index with the very expressions of the state machine, page by page. */
export const roomIndex = ({ client, table }: Reading, room: string, sender = "nobody") => {
  /** @param limit rows, if not the state machine's own */
  const page = async ({ from, to } = ALL, limit?: number) => {
    const input = (await evaluated(query.Arguments, { message: { room, sender }, from, to })) as QueryCommandInput;
    const named = { TableName: table, IndexName: ROOM_INDEX, Limit: limit ?? input.Limit };
    const result = await client.send(new QueryCommand({ ...input, ...named }));
    const next = (await evaluated(query.Assign.from, { states: { result } })) as string | null;
    return { items: result.Items ?? [], next };
  };
  return {
    page,
    /** Every page to the end, as lists of connection ids. */
    pages: async (limit?: number, { from, to } = ALL): Promise<string[][]> => {
      const pages: string[][] = [];
      for (let next: string | null = from; next !== null; ) {
        const read = await page({ from: next, to }, limit);
        pages.push(read.items.map(({ connectionId }) => String(connectionId?.S)));
        next = read.next;
      }
      return pages;
    },
  };
};
