import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { echo, openDoor } from "./door-builder.ts";

const get = new GetItemCommand({ TableName: "rooms", Key: { room: { S: "a" } } });
const call = vi.fn(async () => ({}));
let door: Awaited<ReturnType<typeof openDoor>>;

beforeEach(async () => {
  vi.clearAllMocks();
  door = await openDoor({ services: [echo("dynamodb", "DynamoDB_20120810", { call })] });
});
afterEach(() => door.close());

/** A DynamoDB client whose request is changed after it was signed. */
const tampered = (change: (request: { headers: Record<string, string>; body: Uint8Array; path: string }) => void) => {
  const client = new DynamoDBClient(door.client);
  client.middlewareStack.add(
    (next) => (args) => {
      change(args.request as Parameters<typeof change>[0]);
      return next(args);
    },
    { step: "finalizeRequest", priority: "low" },
  );
  return client;
};

const mismatch = "The request signature we calculated does not match the signature you provided.";

test.each<[string, Parameters<typeof tampered>[0], string, string]>([
  [
    "another body",
    (request) => {
      request.body = Buffer.from(new TextDecoder().decode(request.body).replace("rooms", "other"));
    },
    "InvalidSignatureException",
    mismatch,
  ],
  [
    "another target",
    ({ headers }) => {
      headers["x-amz-target"] = "DynamoDB_20120810.DeleteItem";
    },
    "InvalidSignatureException",
    mismatch,
  ],
  [
    "another path",
    (request) => {
      request.path = "/other";
    },
    "InvalidSignatureException",
    mismatch,
  ],
  [
    "another host",
    ({ headers }) => {
      headers.host = "example.com";
    },
    "InvalidSignatureException",
    mismatch,
  ],
  [
    "a body said to be unsigned",
    ({ headers }) => {
      headers["x-amz-content-sha256"] = "UNSIGNED-PAYLOAD";
    },
    "InvalidSignatureException",
    mismatch,
  ],
  [
    "a header added",
    ({ headers }) => {
      headers["x-amz-extra"] = "1";
    },
    "InvalidSignatureException",
    "'x-amz-extra' must be a 'SignedHeader'",
  ],
  [
    "another scope",
    ({ headers }) => {
      headers.authorization = headers.authorization!.replace("us-east-1", "eu-west-1");
    },
    "InvalidSignatureException",
    mismatch,
  ],
  [
    "another time",
    ({ headers }) => {
      headers["x-amz-date"] = "20000101T000000Z";
    },
    "InvalidSignatureException",
    "Date in Credential scope does not match",
  ],
  [
    "no time",
    ({ headers }) => {
      delete headers["x-amz-date"];
    },
    "IncompleteSignatureException",
    "requires existence of an 'X-Amz-Date' header",
  ],
  [
    "a shorter signature",
    ({ headers }) => {
      headers.authorization = headers.authorization!.slice(0, -1);
    },
    "InvalidSignatureException",
    mismatch,
  ],
  [
    "half a header",
    ({ headers }) => {
      headers.authorization = "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request";
    },
    "IncompleteSignatureException",
    "requires 'SignedHeaders' parameter",
  ],
  [
    "another token",
    ({ headers }) => {
      headers["x-amz-security-token"] = "other";
    },
    "UnrecognizedClientException",
    "The security token included in the request is invalid.",
  ],
  [
    "no token",
    ({ headers }) => {
      delete headers["x-amz-security-token"];
    },
    "UnrecognizedClientException",
    "The security token included in the request is invalid.",
  ],
  [
    "no signature",
    ({ headers }) => {
      delete headers.authorization;
    },
    "MissingAuthenticationTokenException",
    "Request is missing Authentication Token",
  ],
])("a request with %s is refused as AWS does", async (_name, change, name, message) => {
  const sent = tampered(change).send(get);
  await expect(sent).rejects.toMatchObject({
    name,
    message: expect.stringContaining(message),
    $metadata: { httpStatusCode: 400 },
  });
  expect(call).not.toHaveBeenCalled();
});
