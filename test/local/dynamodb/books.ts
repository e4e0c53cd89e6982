import type { Resource } from "../../../local/cloudformation/resource-type.ts";
import type { TableProperties } from "../../../local/dynamodb/resources.ts";

/** A table `books` with key `author` + `title`, an index by `genre`, and rows that expire by `until`. */
export const books = (changes: Partial<TableProperties> = {}, name = "books"): Resource<TableProperties> => ({
  logicalId: "Books",
  type: "AWS::DynamoDB::Table",
  ref: name,
  attribute: () => `arn:aws:dynamodb:us-east-1:123456789012:table/${name}`,
  identity: {
    logicalId: "Books",
    region: "us-east-1",
    account: "123456789012",
    partition: "aws",
    stackName: "library",
    generatedName: name,
    property: () => undefined,
  },
  properties: {
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: attributes("author", "title", "genre"),
    KeySchema: key("author", "title"),
    GlobalSecondaryIndexes: [
      { IndexName: "by-genre", KeySchema: key("genre", "title"), Projection: { ProjectionType: "ALL" } },
    ],
    TimeToLiveSpecification: { Enabled: true, AttributeName: "until" },
    ...changes,
  },
});

export const key = (partition: string, sort?: string): TableProperties["KeySchema"] => [
  { AttributeName: partition, KeyType: "HASH" },
  ...(sort ? [{ AttributeName: sort, KeyType: "RANGE" as const }] : []),
];

/** `attributes("name", "pages:N")`: strings unless it says otherwise. */
export const attributes = (...names: string[]): TableProperties["AttributeDefinitions"] =>
  names.map((name) => ({ AttributeName: name.replace(":N", ""), AttributeType: name.endsWith(":N") ? "N" : "S" }));
