import { afterEach, expect, test } from "vitest";
import { type Gateway, ok, policy, startGateway } from "./gateway.ts";

let gateway: Gateway;
afterEach(() => gateway?.stop());

const DestinationArn = "arn:aws:logs:eu-north-1:111122223333:log-group:access";
const withFormat = (Format: string) => ({ AccessLogSettings: { DestinationArn, Format } });

test("each connect, message and disconnect is a line in the stage's format", async () => {
  const Format =
    '$context.identity.sourceIp $context.identity.caller "$context.eventType $context.routeKey" $context.status $context.authorizer.principalId';
  const routes = { $connect: ok, $disconnect: ok, teapot: () => ({ statusCode: 418 }) };
  gateway = await startGateway({ stage: withFormat(Format), authorizer: policy("Allow"), routes });
  const { send, next, socket } = await gateway.connect();
  send({ action: "teapot" });
  await gateway.event("teapot");
  send({ action: "nowhere" });
  await next();
  socket.close();
  await gateway.event("$disconnect");
  expect(gateway.accessLog.map(({ line }) => line)).toEqual([
    '127.0.0.1 - "CONNECT $connect" 200 user-1',
    '127.0.0.1 - "MESSAGE teapot" 418 user-1',
    '127.0.0.1 - "MESSAGE $default" 403 user-1',
    '127.0.0.1 - "DISCONNECT $disconnect" 200 user-1',
  ]);
  expect(new Set(gateway.accessLog.map(({ group }) => group))).toEqual(new Set([DestinationArn]));
});

test("a refused connect is a line with its error", async () => {
  const stage = withFormat('{"status":$context.status,"error":$context.error.messageString}');
  gateway = await startGateway({ stage, authorizer: policy("Deny"), routes: { $connect: ok } });
  await gateway.connect().catch(() => {});
  expect(gateway.accessLog).toMatchObject([{ line: '{"status":403,"error":"Forbidden"}' }]);
});

test.each(["$context.integrationLatency", "$context.waf.status", "$context.authorizer.status"])(
  "a variable that is not kept is refused: %s",
  async (name) => {
    await expect(startGateway({ stage: withFormat(name), routes: {} })).rejects.toThrow(
      `The access log of stage dev uses ${name}, which is not kept here: leave it out.`,
    );
  },
);
