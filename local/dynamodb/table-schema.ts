import type { Resource } from "../cloudformation/resource-type.ts";
import type { JsonObject } from "../json.ts";
import type { TableProperties } from "./resources.ts";

/** A table of the template under the name it has in DynamoDB. */
export type Table = Pick<Resource<TableProperties>, "ref" | "properties">;

type Key = { readonly AttributeName: string; readonly KeyType: string };
type Index = {
  readonly IndexName: string;
  readonly KeySchema: readonly Key[];
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] | undefined };
};

/** What DescribeTable says of a table, as far as it matters here. */
export interface TableDescription {
  readonly TableStatus: string;
  readonly KeySchema: readonly Key[];
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly GlobalSecondaryIndexes?: readonly Index[];
}

/** The input of CreateTable for a table of the template. */
export const createTableInput = ({ ref, properties }: Table): JsonObject => ({
  TableName: ref,
  BillingMode: properties.BillingMode,
  AttributeDefinitions: properties.AttributeDefinitions,
  KeySchema: properties.KeySchema,
  ...(properties.GlobalSecondaryIndexes?.length && {
    GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
      IndexName,
      KeySchema,
      Projection: { ...Projection } as JsonObject,
    })),
  }),
});

/** What differs between a table as it is and as the template wants it: one phrase, or undefined if nothing does. */
export const schemaDifference = (
  { properties }: Table,
  existing: Omit<TableDescription, "TableStatus">,
): string | undefined => {
  const phrases: [string, string, string][] = [
    ["its key is", keyText(existing.KeySchema), keyText(properties.KeySchema)],
    ["its attributes are", attributesText(existing), attributesText(properties)],
  ];
  const is = byName(existing.GlobalSecondaryIndexes);
  const wanted = byName(properties.GlobalSecondaryIndexes);
  for (const name of new Set([...is.keys(), ...wanted.keys()]))
    phrases.push([`its index ${name} is`, is.get(name) ?? "missing", wanted.get(name) ?? "missing"]);
  const different = phrases.find(([, was, wants]) => was !== wants);
  return different && `${different[0]} ${different[1]}, the template wants ${different[2]}`;
};

const keyText = (keys: readonly Key[]) => keys.map((key) => `${key.AttributeName} ${key.KeyType}`).join(" + ");

const attributesText = (table: Pick<TableDescription, "AttributeDefinitions">) =>
  table.AttributeDefinitions.map((attribute) => `${attribute.AttributeName} ${attribute.AttributeType}`)
    .sort()
    .join(", ");

const byName = (indexes: readonly Index[] | undefined) =>
  new Map(
    indexes?.map(({ IndexName, KeySchema, Projection }) => [
      IndexName,
      `${keyText(KeySchema)} with ${[Projection.ProjectionType, ...[...(Projection.NonKeyAttributes ?? [])].sort()].join(" ")}`,
    ]),
  );
