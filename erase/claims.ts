import { DeleteCommand, type DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";

/** What a `ref` stands for, as far as erasing asks. */
export interface Claim {
  /** The row's key: the author, a NUL, and the author's own word. */
  readonly ref: string;
  readonly id: string;
}

/** The refs table, which holds a day: to find something, all of it is read. */
export const claimsTable = (client: DynamoDBDocumentClient, TableName: string) => {
  const scan = async function* (filter: string, names: Record<string, string>, value: string) {
    const pages = paginateScan(
      { client },
      {
        TableName,
        ConsistentRead: true,
        FilterExpression: filter,
        ProjectionExpression: "#ref, id",
        ExpressionAttributeNames: { "#ref": "ref", ...names },
        ExpressionAttributeValues: { ":value": value },
      },
    );
    for await (const { Items = [] } of pages) yield Items as Claim[];
  };

  return {
    claimsOf: (identity: string) => scan("begins_with(#ref, :value)", {}, `${identity}\0`),

    claimsIn: (room: string) => scan("#room = :value", { "#room": "room" }, room),

    forget: async ({ ref }: Claim): Promise<void> => {
      await client.send(new DeleteCommand({ TableName, Key: { ref } }));
    },
  };
};
