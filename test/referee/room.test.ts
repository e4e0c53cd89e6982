import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import { startRoomcast } from "../support/roomcast.ts";
import { startDynamoDb } from "./dynamodb.ts";

test("a room runs on an outside DynamoDB, which keeps its tables", async () => {
  const dynamoDb = await startDynamoDb();
  onTestFinished(dynamoDb.stop);
  const roomcast = await startRoomcast({ dynamodb: dynamoDb.endpoint });
  onTestFinished(roomcast.stop);
  const [ann, bob] = await Promise.all([roomcast.connect({ room: "outside" }), roomcast.connect({ room: "outside" })]);
  const { id } = await ann.ask({ message: "publish", data: "hello" });
  expect(await bob.next({ type: "message" })).toMatchObject({ id, data: "hello" });
  expect(await roomcast.rows("messages")).toContainEqual(expect.objectContaining({ id, room: "outside" }));
  await Promise.all([ann.close(), bob.close()]);

  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new DynamoDBClient({ endpoint: dynamoDb.endpoint, region: "us-east-1", credentials });
  onTestFinished(() => client.destroy());
  expect((await client.send(new ListTablesCommand({}))).TableNames).toHaveLength(6);
});
