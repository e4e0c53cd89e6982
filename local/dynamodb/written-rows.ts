import { isJsonObject, type Json, type JsonObject } from "../json.ts";

/** One row: its table's name and its key, as GetItem takes it. */
export interface Row {
  readonly table: string;
  readonly key: JsonObject;
}

/**
 * The rows that a call writes, should it succeed. None for a call that DynamoDB refuses for its form.
 * @param keys the attributes of each table's key; rows of other tables are left out
 */
export const writtenRows = (
  keys: ReadonlyMap<string, readonly string[]>,
  action: string,
  input: JsonObject,
): readonly Row[] => {
  const row = (table: Json | undefined, attributes: Json | undefined): readonly Row[] => {
    const names = keys.get(String(table));
    if (!names || !isJsonObject(attributes)) return [];
    return [{ table: String(table), key: Object.fromEntries(names.map((name) => [name, attributes[name] ?? null])) }];
  };
  if (action === "PutItem") return row(input.TableName, input.Item);
  if (action === "UpdateItem" || action === "DeleteItem") return row(input.TableName, input.Key);
  if (action !== "BatchWriteItem" || !isJsonObject(input.RequestItems)) return [];
  return Object.entries(input.RequestItems).flatMap(([table, requests]) =>
    (Array.isArray(requests) ? requests : []).flatMap((request) => row(table, attributesOf(request))),
  );
};

/** What names the row in `{ PutRequest: { Item } }` or `{ DeleteRequest: { Key } }`. */
const attributesOf = (request: Json): Json | undefined => {
  const { PutRequest, DeleteRequest } = isJsonObject(request) ? request : {};
  if (isJsonObject(PutRequest)) return PutRequest.Item;
  return isJsonObject(DeleteRequest) ? DeleteRequest.Key : undefined;
};
