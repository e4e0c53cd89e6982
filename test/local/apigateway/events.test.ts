import { afterEach, describe, expect, test } from "vitest";
import { account, type Gateway, ok, region, startGateway } from "./gateway.ts";

let gateway: Gateway;
afterEach(() => gateway.stop());

const routes = { $connect: ok, $disconnect: ok, $default: ok };
const idForm = /^[\w-]{15}=$/;

const common = [
  "apiId",
  "connectedAt",
  "connectionId",
  "domainName",
  "eventType",
  "extendedRequestId",
  "identity",
  "messageDirection",
  "requestId",
  "requestTime",
  "requestTimeEpoch",
  "routeKey",
  "stage",
];
const keys = (value: object) => Object.keys(value).sort();

describe("the event of $connect", () => {
  test("10, 13 has the recorded keys and headers, without those of the hop", async () => {
    gateway = await startGateway({ routes });
    await gateway.connect("/dev", [], { headers: { "User-Agent": "test/1", Cookie: "a=b" } });
    const event = await gateway.event("$connect");
    expect(keys(event)).toEqual(["headers", "isBase64Encoded", "multiValueHeaders", "requestContext"]);
    expect(keys(event.requestContext)).toEqual(common);
    const headers = [
      "Cookie",
      "Host",
      "Sec-WebSocket-Extensions",
      "Sec-WebSocket-Key",
      "Sec-WebSocket-Version",
      "User-Agent",
      "X-Amzn-Trace-Id",
      "X-Forwarded-For",
      "X-Forwarded-Port",
      "X-Forwarded-Proto",
    ];
    expect([keys(event.headers), keys(event.multiValueHeaders)]).toEqual([headers, headers]);
    expect(event).toMatchObject({
      headers: { Cookie: "a=b", "X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "http" },
      multiValueHeaders: { Cookie: ["a=b"] },
      requestContext: {
        routeKey: "$connect",
        eventType: "CONNECT",
        messageDirection: "IN",
        stage: "dev",
        apiId: gateway.apiId,
        domainName: `${gateway.apiId}.execute-api.${region}.amazonaws.com`,
        identity: { sourceIp: "127.0.0.1", userAgent: "test/1" },
      },
      isBase64Encoded: false,
    });
    expect(event.headers["X-Amzn-Trace-Id"]).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
  });

  test("9 has the query string decoded, with a name's last value and with all", async () => {
    gateway = await startGateway({ routes });
    await gateway.connect("/dev?name=a%20b&tag=1&tag=2&__proto__=x&bad=%zz");
    const event = await gateway.event("$connect");
    expect(Object.entries(event.queryStringParameters)).toEqual(
      Object.entries(JSON.parse('{"name":"a b","tag":"2","__proto__":"x","bad":"%zz"}')),
    );
    expect(event.multiValueQueryStringParameters).toMatchObject({ tag: ["1", "2"] });
  });

  test("a client's X-Forwarded headers do not pass for the service's own", async () => {
    gateway = await startGateway({ routes });
    await gateway.connect("/dev", [], {
      headers: { "x-forwarded-for": "10.0.0.1", "x-forwarded-proto": "https", "X-FORWARDED-PORT": "443" },
    });
    const { headers, requestContext } = await gateway.event("$connect");
    expect(headers).toMatchObject({
      "X-Forwarded-For": "10.0.0.1, 127.0.0.1",
      "X-Forwarded-Proto": "http",
      "X-Forwarded-Port": String(gateway.port),
    });
    expect(keys(headers).filter((name) => name.toLowerCase().startsWith("x-forwarded"))).toHaveLength(3);
    expect(requestContext.identity.sourceIp).toBe("127.0.0.1");
  });

  test("is invoked by API Gateway for the route's ARN", async () => {
    gateway = await startGateway({ routes });
    await gateway.connect();
    expect(gateway.invocations).toMatchObject([
      {
        functionName: `arn:aws:lambda:${region}:${account}:function:connect`,
        principal: {
          kind: "service",
          name: "apigateway.amazonaws.com",
          sourceArn: `arn:aws:execute-api:${region}:${account}:${gateway.apiId}/dev/$connect`,
        },
      },
    ]);
  });
});

describe("the event of a message", () => {
  test("12, 15 has a body, a message id and no headers", async () => {
    gateway = await startGateway({ routes });
    const { send } = await gateway.connect();
    send("hello");
    const event = await gateway.event("$default");
    expect(keys(event)).toEqual(["body", "isBase64Encoded", "requestContext"]);
    expect(event).toMatchObject({ body: "hello", isBase64Encoded: false });
    expect(keys(event.requestContext)).toEqual([...common, "messageId"].sort());
    expect(event.requestContext).toMatchObject({ routeKey: "$default", eventType: "MESSAGE", messageDirection: "IN" });
  });

  test("13, 14, 17 has ids that end in = and a time in the form of access logs", async () => {
    gateway = await startGateway({ routes });
    const { send } = await gateway.connect();
    send("hello");
    const { requestContext } = await gateway.event("$default");
    for (const name of ["connectionId", "requestId", "messageId"]) expect(requestContext[name]).toMatch(idForm);
    expect(requestContext.extendedRequestId).toBe(requestContext.requestId);
    expect(requestContext.requestTime).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    const [day, month, rest] = requestContext.requestTime.split("/");
    const read = Date.parse(`${day} ${month} ${rest.replace(":", " ")}`);
    expect(read).toBe(Math.floor(requestContext.requestTimeEpoch / 1000) * 1000);
  });
});

test("16 connectedAt is the same number in all events of a connection, and no request is before it", async () => {
  gateway = await startGateway({ routes });
  const { send, socket } = await gateway.connect();
  send("hello");
  await gateway.event("$default");
  socket.close();
  const contexts = [];
  for (const route of Object.keys(routes)) contexts.push((await gateway.event(route)).requestContext);
  expect(new Set(contexts.map(({ connectedAt }) => connectedAt)).size).toBe(1);
  expect(new Set(contexts.map(({ connectionId }) => connectionId)).size).toBe(1);
  for (const { connectedAt, requestTimeEpoch } of contexts)
    expect(requestTimeEpoch).toBeGreaterThanOrEqual(connectedAt);
});

test("18 the event of $disconnect has four headers, no body, and how the connection ended", async () => {
  gateway = await startGateway({ routes });
  const { socket } = await gateway.connect();
  socket.close();
  const event = await gateway.event("$disconnect");
  const host = `${gateway.apiId}.execute-api.${region}.amazonaws.com`;
  expect(keys(event)).toEqual(["headers", "isBase64Encoded", "multiValueHeaders", "requestContext"]);
  expect(event.headers).toEqual({ Host: host, "x-api-key": "", "X-Forwarded-For": "", "x-restapi": "" });
  expect(event.multiValueHeaders).toMatchObject({ Host: [host], "x-restapi": [""] });
  expect(keys(event.requestContext)).toEqual([...common, "disconnectReason", "disconnectStatusCode"].sort());
  expect(event.requestContext).toMatchObject({ routeKey: "$disconnect", eventType: "DISCONNECT" });
});

test("stage variables are in the events of a stage that has them", async () => {
  gateway = await startGateway({ routes, stage: { StageVariables: { color: "blue" } } });
  const { send } = await gateway.connect();
  send("hello");
  expect((await gateway.event("$connect")).stageVariables).toEqual({ color: "blue" });
  expect((await gateway.event("$default")).stageVariables).toEqual({ color: "blue" });
});
