import { mkdtemp, readFile, rm } from "node:fs/promises";
import { Agent, get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findRunning } from "../../local/data-folder.ts";
import { startRoomcast } from "../support/roomcast.ts";

let data: string;
let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let ca: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "tls-test-"));
  roomcast = await startRoomcast({ tls: true, data });
  ca = await readFile(join(data, "tls/certificate.pem"), "utf8");
});
afterAll(async () => {
  await roomcast.stop();
  await rm(data, { recursive: true, force: true, maxRetries: 5 });
});

/** What an SDK client is made with that trusts the certificate. */
const trusting = (path = "") => ({
  ...roomcast.client,
  endpoint: `${roomcast.origin}${path}`,
  requestHandler: { httpsAgent: new Agent({ ca }) },
});

test("two members talk over wss, and a client that does not trust the certificate gets no connection", async () => {
  expect(roomcast.endpoint).toMatch(/^wss:\/\/127\.0\.0\.1:\d+\/dev$/);
  const ann = await roomcast.connect({ room: "lobby", name: "Ann" }, { ca });
  const bob = await roomcast.connect({ room: "lobby" }, { ca });
  expect(await ann.ask({ message: "publish", data: "hello" })).toMatchObject({ type: "ack", seq: 1 });
  expect(await bob.next({ type: "message" })).toMatchObject({ data: "hello", from: { name: "Ann" } });
  await Promise.all([ann.close(), bob.close()]);
  await expect(roomcast.connect({ room: "lobby" })).rejects.toThrow("self-signed certificate");
});

test("healthz answers over https", async () => {
  const status = await new Promise((resolve, reject) =>
    get(`${roomcast.origin}/healthz`, { ca }, (response) => resolve(response.resume().statusCode)).on("error", reject),
  );
  expect(status).toBe(200);
});

test("the unmodified SDK signs and calls over https: a service and @connections", async () => {
  const tables = new DynamoDBClient(trusting());
  expect((await tables.send(new ListTablesCommand({}))).TableNames).toHaveLength(6);
  const connections = new ApiGatewayManagementApiClient(trusting("/dev"));
  const post = new PostToConnectionCommand({ ConnectionId: "L0SM9cOFvHcCIhw=", Data: "hello" });
  await expect(connections.send(post)).rejects.toThrow(GoneException);
  for (const client of [tables, connections]) client.destroy();
});

test("another command on this machine finds it without the certificate", async () => {
  expect((await findRunning(data))?.origin).toMatch(/^http:/);
});
