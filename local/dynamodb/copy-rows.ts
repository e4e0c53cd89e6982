import type { Json, JsonObject } from "../json.ts";
import type { SendAction } from "./dynamodb-http.ts";

/** The most that BatchWriteItem takes. */
const BATCH = 25;

/** Copies every row of a table to a table of the same name and schema elsewhere. */
export const copyRows = async (from: SendAction, to: SendAction, TableName: string): Promise<void> => {
  let page: JsonObject = {};
  do {
    page = await from("Scan", {
      TableName,
      ConsistentRead: true,
      ...(page.LastEvaluatedKey && { ExclusiveStartKey: page.LastEvaluatedKey }),
    });
    const items = page.Items as Json[];
    for (let n = 0; n < items.length; n += BATCH) {
      const puts = items.slice(n, n + BATCH).map((Item) => ({ PutRequest: { Item } }));
      await to("BatchWriteItem", { RequestItems: { [TableName]: puts } });
    }
  } while (page.LastEvaluatedKey);
};
