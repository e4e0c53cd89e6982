import { DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { connectionsTable } from "../../functions/aws/connections.ts";
import { messagesTable } from "../../functions/aws/messages.ts";
import { refsTable } from "../../functions/aws/refs.ts";
import { roomIndex } from "../../functions/aws/room-index.ts";
import { roomNumbers, roomsTable } from "../../functions/aws/rooms.ts";
import { ROOM_INDEX } from "../../functions/contracts/environment.ts";
import { type BucketRow, roomBucket } from "../../functions/protocol/room-bucket.ts";
import { attributes, books, key } from "../local/dynamodb/books.ts";
import { start } from "../local/dynamodb/start.ts";
import { createTables } from "./tables.ts";

export const NOW = Date.UTC(2026, 0, 1);
export const DAY = 86_400_000;
const RETENTION_DAYS = 30;
/** Two messages of a small room a second, and two more at once. */
const bucket = roomBucket({ recipientsPerSecond: 100, recipientsBurst: 100, messagesPerSecond: 50 });

const table = (name: string, partition: string, sort?: string, ...indexed: string[]) => ({
  ...books({
    AttributeDefinitions: attributes(partition, ...(sort ? [sort] : []), ...indexed),
    KeySchema: key(partition, sort?.replace(":N", "")),
    GlobalSecondaryIndexes: indexed.map((attribute) => ({
      IndexName: ROOM_INDEX,
      KeySchema: key("room", attribute),
      Projection: { ProjectionType: "ALL" as const },
    })),
  }),
  ref: name,
});

/** The verbs of `functions/aws/`, on a DynamoDB that is stopped when the test is over. */
export const tablesOfDynamoDb = async () => {
  const tables = [
    table("refs", "ref"),
    table("rooms", "room"),
    table("messages", "room", "seq:N"),
    table("connections", "connectionId", "room", "slot"),
  ];
  const { client } = await start({ tables });
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return {
    ...refsTable(documents, "refs"),
    ...roomsTable(documents, "rooms", () => "epoch"),
    ...roomNumbers(documents, "rooms", () => "epoch", bucket, new Map()),
    /** As the fan-out's machine writes it. */
    keepAudience: async (room: string, { audience, turnMs }: Required<Omit<BucketRow, "busyUntil">>) => {
      const kept = {
        UpdateExpression:
          "SET epoch = if_not_exists(epoch, :epoch), audience = :audience, turnMs = :turnMs ADD seq :none",
        ExpressionAttributeValues: { ":epoch": "epoch", ":audience": audience, ":turnMs": turnMs, ":none": 0 },
      };
      await documents.send(new UpdateCommand({ TableName: "rooms", Key: { room }, ...kept }));
    },
    ...messagesTable(documents, "messages", RETENTION_DAYS, () => NOW),
    ...connectionsTable(documents, "connections"),
    members: async (room: string) => {
      const listed = await roomIndex(documents, "connections", () => NOW).listUpTo(room, 100);
      return listed.map(({ connectionId }) => connectionId).toSorted();
    },
  };
};

export type BothTables = Awaited<ReturnType<typeof tablesOfDynamoDb>>;

/** The same verbs, in memory, with nothing going wrong. */
export const tablesInMemory = (): BothTables => {
  const tables = createTables({
    now: () => NOW,
    newEpoch: () => "epoch",
    isStale: () => false,
    later: (_key, bring) => bring(),
    retentionDays: RETENTION_DAYS,
    bucket,
  });
  const verbs = tables.verbs(async (_verb, effect) => effect());
  return {
    ...verbs,
    keepAudience: async (room, kept) => tables.keepAudience(room, kept),
    roomsOf: async (connectionId, limit) => [...(await verbs.roomsOf(connectionId, limit))],
    members: async (room) =>
      tables
        .listed(room)
        .map(({ connectionId }) => connectionId)
        .toSorted(),
  };
};
