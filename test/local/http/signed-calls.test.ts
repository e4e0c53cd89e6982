import { ApiGatewayManagementApiClient, PostToConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";
import { type AttributeValue, DynamoDBClient, GetItemCommand, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { afterEach, expect, test } from "vitest";
import { AwsError } from "../../../local/aws/error.ts";
import type { CallContext } from "../../../local/aws/service.ts";
import { echo, openDoor, webSockets } from "./door-builder.ts";

const doors: Awaited<ReturnType<typeof openDoor>>[] = [];
const open = async (...needs: Parameters<typeof openDoor>) => {
  const door = await openDoor(...needs);
  doors.push(door);
  return door;
};
afterEach(() => Promise.all(doors.splice(0).map((door) => door.close())));

const tables = (more = {}) => echo("dynamodb", "DynamoDB_20120810", more);
const get = new GetItemCommand({ TableName: "rooms", Key: { room: { S: "a" } } });

test("a service's answer reaches the client", async () => {
  const { client } = await open({ services: [tables({ call: async () => ({ Item: { room: { S: "a" } } }) })] });
  const { Item, $metadata } = await new DynamoDBClient(client).send(get);
  expect(Item).toEqual({ room: { S: "a" } });
  expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
});

test("a service's error reaches the client with its name, message and status", async () => {
  const refuse = async () => {
    throw new AwsError("ResourceNotFoundException", "Requested resource not found", 400);
  };
  const { client, log } = await open({ services: [tables({ call: refuse })] });
  const sent = new DynamoDBClient(client).send(get);
  await expect(sent).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: "Requested resource not found",
    $metadata: { httpStatusCode: 400 },
  });
  expect(log).toEqual([]);
});

test("a call that nests over a thousand levels is refused by name", async () => {
  const { client, log } = await open({ services: [tables()] });
  const nested = (levels: number): AttributeValue => (levels > 0 ? { L: [nested(levels - 1)] } : { S: "a" });
  const sent = new DynamoDBClient(client).send(new GetItemCommand({ TableName: "rooms", Key: { room: nested(500) } }));
  await expect(sent).rejects.toMatchObject({
    name: "SerializationException",
    message: "The body nests more than 1000 levels",
    $metadata: { httpStatusCode: 400 },
  });
  expect(log).toEqual([]);
});

test("a bug of ours is InternalFailure, told to the log and not to the client", async () => {
  const fail = async () => {
    throw new TypeError("x is not a function");
  };
  const { client, log } = await open({ services: [tables({ call: fail })] });
  const sent = new DynamoDBClient(client).send(get);
  await expect(sent).rejects.toMatchObject({
    name: "InternalFailure",
    message: expect.not.stringContaining("x is not"),
    $metadata: { httpStatusCode: 500 },
  });
  expect(log).toMatchObject([{ level: "error", details: { error: expect.any(TypeError) } }]);
});

test("what IAM refuses is not run", async () => {
  let ran = false;
  const call = async () => {
    ran = true;
    return {};
  };
  const { client } = await open({ services: [tables({ call })], denied: ["dynamodb:GetItem"] });
  await expect(new DynamoDBClient(client).send(get)).rejects.toMatchObject({
    name: "AccessDeniedException",
    message: "No dynamodb:GetItem on *",
    $metadata: { httpStatusCode: 400 },
  });
  expect(ran).toBe(false);
});

test("services are told apart by the signature's scope", async () => {
  const states = echo("states", "AWSStepFunctions", {
    call: async (action) => ({ executionArn: action, startDate: 0 }),
  });
  const { client } = await open({ services: [tables({ call: async () => ({ TableNames: ["t"] }) }), states] });
  expect(await new DynamoDBClient(client).send(new ListTablesCommand())).toMatchObject({ TableNames: ["t"] });
  const started = await new SFNClient(client).send(new StartExecutionCommand({ stateMachineArn: "m" }));
  expect(started.executionArn).toBe("StartExecution");
});

test("a service that does not run here is named", async () => {
  const { client } = await open({ services: [tables()] });
  await expect(new SFNClient(client).send(new StartExecutionCommand({ stateMachineArn: "m" }))).rejects.toMatchObject({
    message: "No service states runs here",
  });
});

test("the caller's trace header and its leaving reach the service", async () => {
  const { promise, resolve } = Promise.withResolvers<CallContext>();
  const call = (_action: string, _input: unknown, context: CallContext) => {
    resolve(context);
    return new Promise<never>(() => {});
  };
  const { client } = await open({ services: [tables({ call })] });
  const controller = new AbortController();
  const dynamodb = new DynamoDBClient(client);
  dynamodb.middlewareStack.add(
    (next) => (args) => {
      (args.request as { headers: Record<string, string> }).headers["X-Amzn-Trace-Id"] = "Root=1-2-3";
      return next(args);
    },
    { step: "build" },
  );
  const sent = dynamodb.send(get, { abortSignal: controller.signal });
  const { traceHeader, signal } = await promise;
  expect(traceHeader).toBe("Root=1-2-3");
  const left = new Promise((resolve) => signal?.addEventListener("abort", resolve));
  controller.abort();
  await expect(sent).rejects.toThrow();
  await left;
});

test("a REST service answers in its own form", async () => {
  const lambda = () => ({ status: 200, headers: { "x-amz-function-error": "Unhandled" }, body: '{"errorType":"E"}' });
  const { client } = await open({ restServices: { lambda } });
  const { FunctionError, Payload } = await new LambdaClient(client).send(new InvokeCommand({ FunctionName: "f" }));
  expect([FunctionError, Payload?.transformToString()]).toEqual(["Unhandled", '{"errorType":"E"}']);
});

test("@connections is managed by those who may", async () => {
  const manage = () => ({ status: 410, headers: { "x-amzn-ErrorType": "GoneException" }, body: "" });
  const { client, endpoint } = await open({ webSockets: webSockets({ manage }) });
  const management = new ApiGatewayManagementApiClient({ ...client, endpoint: `${endpoint}/dev` });
  const post = new PostToConnectionCommand({ ConnectionId: "a=", Data: "x" });
  await expect(management.send(post)).rejects.toMatchObject({
    name: "GoneException",
    $metadata: { httpStatusCode: 410 },
  });
});

test("@connections is forbidden to those who may not", async () => {
  const { client, endpoint } = await open({ webSockets: webSockets(), denied: ["execute-api:ManageConnections"] });
  const post = new PostToConnectionCommand({ ConnectionId: "a=", Data: "x" });
  const at = (stage: string) =>
    new ApiGatewayManagementApiClient({ ...client, endpoint: `${endpoint}/${stage}` }).send(post);
  await expect(at("dev")).rejects.toMatchObject({
    name: "ForbiddenException",
    message: "No execute-api:ManageConnections on arn:api/dev/POST",
    $metadata: { httpStatusCode: 403 },
  });
  await expect(at("other")).rejects.toMatchObject({ name: "ForbiddenException", message: "Forbidden" });
});
