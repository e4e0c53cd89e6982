import {
  DeleteConnectionCommand,
  ApiGatewayManagementApiClient as Management,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { credentials, echo, openDoor, operator, send, webSockets, worker } from "./door-builder.ts";

const get = new GetItemCommand({ TableName: "rooms", Key: { room: { S: "größe" } } });
const call = vi.fn(async () => ({}));
const manage = vi.fn(() => ({ status: 200, headers: {}, body: "" }));
const invoke = vi.fn(() => ({ status: 200, headers: {}, body: "{}" }));
let door: Awaited<ReturnType<typeof openDoor>>;

beforeEach(async () => {
  vi.clearAllMocks();
  door = await openDoor({
    services: [
      echo("dynamodb", "DynamoDB_20120810", { call }),
      echo("events", "AWSEvents", { call, jsonVersion: "1.1" }),
    ],
    restServices: { lambda: invoke },
    webSockets: webSockets({ manage }),
  });
});
afterEach(() => door.close());

test("an unmodified DynamoDB client is known by its signature", async () => {
  await new DynamoDBClient(door.client).send(get);
  expect(call).toHaveBeenCalledWith("GetItem", get.input, expect.objectContaining({ principal: worker }));
});

test("the operator signs without a session token", async () => {
  await new DynamoDBClient({ ...door.client, credentials: operator }).send(get);
  expect(call).toHaveBeenCalledWith("GetItem", get.input, expect.objectContaining({ principal: { kind: "operator" } }));
});

test("an unmodified EventBridge client is known by its signature", async () => {
  const client = new EventBridgeClient(door.client);
  await client.send(new PutEventsCommand({ Entries: [{ Source: "a", DetailType: "b", Detail: "{}" }] }));
  expect(call).toHaveBeenCalledOnce();
});

test("an unmodified Lambda client is known by its signature", async () => {
  await new LambdaClient(door.client).send(
    new InvokeCommand({ FunctionName: "arn:aws:lambda:us-east-1:1:function:f", Payload: "{}" }),
  );
  expect(invoke).toHaveBeenCalledWith(expect.objectContaining({ method: "POST", body: "{}", principal: worker }));
});

test.each(["abc+/de=", "PJqB0fHsqRcCHlw=", "a b", "ü~!'()*"])(
  "@connections takes the id %j, encoded as the SDK does",
  async (ConnectionId) => {
    const client = new Management({ ...door.client, endpoint: `${door.endpoint}/dev` });
    await client.send(new PostToConnectionCommand({ ConnectionId, Data: "hi" }));
    await client.send(new DeleteConnectionCommand({ ConnectionId }));
    expect(manage).toHaveBeenCalledTimes(2);
    const [{ path, method, body }] = manage.mock.calls[0] as unknown as [
      { path: string; method: string; body: Buffer },
    ];
    expect([decodeURIComponent(path), method, body.toString()]).toEqual([
      `/dev/@connections/${ConnectionId}`,
      "POST",
      "hi",
    ]);
  },
);

test.each<[string, object, string, RegExp]>([
  [
    "an unknown access key",
    { credentials: { ...credentials, accessKeyId: "ASIAOTHER" } },
    "UnrecognizedClientException",
    /token .* is invalid/,
  ],
  [
    "another secret",
    { credentials: { ...credentials, secretAccessKey: "guess" } },
    "InvalidSignatureException",
    /does not match/,
  ],
  [
    "a clock that is behind",
    { systemClockOffset: -301_000 },
    "InvalidSignatureException",
    /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/,
  ],
  [
    "a clock that is ahead",
    { systemClockOffset: 310_000 },
    "InvalidSignatureException",
    /^Signature not yet current: /,
  ],
])("%s is refused", async (_name, more, name, message) => {
  const sent = new DynamoDBClient({ ...door.client, ...more }).send(get);
  await expect(sent).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
});

test("an unsigned call of @connections is refused", async () => {
  const answer = await send(door.port, { method: "POST", path: "/dev/@connections/abc", body: "hi" });
  expect(answer).toMatchObject({ status: 403, headers: { "x-amzn-errortype": "MissingAuthenticationTokenException" } });
  expect(manage).not.toHaveBeenCalled();
});
