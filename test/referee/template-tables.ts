import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { inject } from "vitest";
import { connectionsTable } from "../../functions/aws/connections.ts";
import { messagesTable } from "../../functions/aws/messages.ts";
import { peopleTable } from "../../functions/aws/people.ts";
import { refsTable } from "../../functions/aws/refs.ts";
import { roomNumbers, roomsTable } from "../../functions/aws/rooms.ts";
import { roomBucket } from "../../functions/protocol/room-bucket.ts";
import { systemClock } from "../../local/clock.ts";
import { resourceTypes } from "../../local/dynamodb/resources.ts";
import { createTables } from "../../local/dynamodb/tables.ts";
import { noFaults } from "../../local/faults/faults.ts";
import { loadApp, PLACE } from "../../local/load-app.ts";
import { startDynamoDb } from "./dynamodb.ts";

/** The template's tables in a DynamoDB, made as `npm start` makes them, and the functions' own code on top. */
export const startTables = async () => {
  const server = await startDynamoDb();
  const folder = await mkdtemp(join(tmpdir(), "referee-app-"));
  const stack = await loadApp((outdir) => cp(inject("assembly"), outdir, { recursive: true }), join(folder, "app"));
  const tables = stack.ofType(resourceTypes["AWS::DynamoDB::Table"]);
  const made = await createTables({
    tables,
    directory: folder,
    endpoint: server.endpoint,
    ...PLACE,
    clock: systemClock,
    faults: noFaults,
    putMetric: () => {},
    log: () => {},
  });
  const nameOf = (table: string) =>
    String(tables.find(({ ref }) => ref.includes(`tables${table}`) || ref.includes(`${table}table`))?.ref);
  // DynamoDB Local keeps tables by Region and access key, so these are the ones that `npm start` uses.
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new DynamoDBClient({ endpoint: server.endpoint, region: PLACE.region, credentials });
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  let epochs = 0;
  const newEpoch = () => `epoch-${++epochs}`;
  const bucket = roomBucket({ recipientsPerSecond: 1_000, recipientsBurst: 5_000, messagesPerSecond: 50 });
  const numbers = () => roomNumbers(documents, nameOf("rooms"), newEpoch, bucket, new Map());
  return {
    client,
    documents,
    nameOf,
    connections: connectionsTable(documents, nameOf("connections")),
    people: peopleTable(documents, nameOf("people")),
    rooms: {
      ...roomsTable(documents, nameOf("rooms"), newEpoch),
      ...numbers(),
    },
    /** Numbers as an environment takes them that knows nothing of any room. */
    numbers,
    messages: messagesTable(documents, nameOf("messages"), 30),
    refs: refsTable(documents, nameOf("refs")),
    stop: async () => {
      client.destroy();
      await made.stop();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
