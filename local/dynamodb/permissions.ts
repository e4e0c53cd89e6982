import type { Permission } from "../aws/service.ts";
import type { Json, JsonObject } from "../json.ts";

/** The actions of TransactWriteItems' and TransactGetItems' entries: a transaction has no action of its own in IAM. */
const ACTION_OF_ENTRY: Readonly<Record<string, string>> = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
  Get: "GetItem",
};

/**
 * What IAM must allow before a DynamoDB action runs: the action on the table or on its index, for batches and
 * transactions once for each table that they name.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 * @param arnPrefix what stands before `table/` in the tables' ARNs, for example `arn:aws:dynamodb:us-east-1:1234:`
 */
export const permissionsOf = (arnPrefix: string, action: string, input: JsonObject): readonly Permission[] => {
  const on = (table: Json | undefined, name = action): Permission => ({
    action: `dynamodb:${name}`,
    resource: `${arnPrefix}table/${String(table)}`,
  });
  if (isObject(input.RequestItems)) return Object.keys(input.RequestItems).map((table) => on(table));
  if (Array.isArray(input.TransactItems)) return unique(input.TransactItems.flatMap((item) => entries(item, on)));
  if (typeof input.TableName === "string") {
    const table = on(input.TableName);
    const index = input.IndexName;
    return [typeof index === "string" ? { ...table, resource: `${table.resource}/index/${index}` } : table];
  }
  const { ResourceArn } = input;
  return [{ action: `dynamodb:${action}`, resource: typeof ResourceArn === "string" ? ResourceArn : "*" }];
};

const entries = (item: Json, on: (table: Json | undefined, name?: string) => Permission): Permission[] =>
  isObject(item)
    ? Object.entries(item).flatMap(([entry, request]) => {
        const name = ACTION_OF_ENTRY[entry];
        return name && isObject(request) ? [on(request.TableName, name)] : [];
      })
    : [];

const unique = (permissions: readonly Permission[]): Permission[] => [
  ...new Map(permissions.map((one) => [`${one.action} ${one.resource}`, one])).values(),
];

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
