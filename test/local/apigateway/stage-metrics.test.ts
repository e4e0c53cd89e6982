import { PostToConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";
import { afterEach, expect, test } from "vitest";
import { AwsError } from "../../../local/aws/error.ts";
import { counted } from "../cloudwatch/counted.ts";
import { type Gateway, ok, startGateway } from "./gateway.ts";

let gateway: Gateway;
afterEach(() => gateway.stop());

/** A stage `dev`, and what is counted of it. */
const start = async (template: Parameters<typeof startGateway>[0]) => {
  const metrics = counted();
  gateway = await startGateway({ ...template, putMetric: metrics.putMetric });
  const ApiId = gateway.apiId;
  return { ofApi: () => metrics.sums({ ApiId }), ofStage: () => metrics.sums({ ApiId, Stage: "dev" }) };
};

test("connections, and messages in both directions, are counted for the stage and for its API", async () => {
  const echo = () => ({ statusCode: 200, body: "back" });
  const { ofApi, ofStage } = await start({ routes: { $connect: ok, say: echo }, answers: ["say"] });
  const { send, next } = await gateway.connect();
  const { connectionId } = (await gateway.event("$connect")).requestContext;
  send({ action: "say" });
  await next();
  await gateway.sdk().send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: "news" }));
  expect(ofStage()).toEqual({ ConnectCount: 1, MessageCount: 3, IntegrationLatency: expect.any(Number) });
  expect(ofApi()).toEqual(ofStage());
});

test("a message that is refused before its integration is the client's error", async () => {
  const { ofStage } = await start({ routes: { $connect: ok } });
  const { send, next } = await gateway.connect();
  send({ action: "nowhere" });
  await next();
  expect(ofStage()).toMatchObject({ ConnectCount: 1, ClientError: 1 });
});

test.each([
  ["answers with an error's status", () => ({ statusCode: 403 }), "IntegrationError"],
  [
    "fails",
    () => {
      throw new Error("broken");
    },
    "IntegrationError",
  ],
])("a function that %s is an %s", async (_what, $connect, name) => {
  const { ofStage } = await start({ routes: { $connect } });
  await expect(gateway.connect()).rejects.toThrow(/refused/);
  expect(ofStage()).toMatchObject({ ConnectCount: 1, [name]: 1 });
});

test("a function that cannot be called is an ExecutionError", async () => {
  const invoke = async () => {
    throw new AwsError("TooManyRequestsException", "Rate Exceeded.", 429);
  };
  const { ofStage } = await start({ routes: { $connect: ok }, invoke });
  await expect(gateway.connect()).rejects.toThrow(/refused/);
  expect(ofStage()).toMatchObject({ ExecutionError: 1 });
});
