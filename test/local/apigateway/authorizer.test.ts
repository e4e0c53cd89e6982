import { afterEach, describe, expect, test } from "vitest";
import { account, type Gateway, ok, policy, region, startGateway } from "./gateway.ts";

let gateway: Gateway;
afterEach(() => gateway.stop());

const arnOf = (path: string) => `arn:aws:execute-api:${region}:${account}:${gateway.apiId}/${path}`;
const statements = (...Statement: object[]) => ({ principalId: "p", policyDocument: { Statement } });
const allow = { Effect: "Allow", Action: "execute-api:Invoke", Resource: "*" };

describe("a REQUEST authorizer", () => {
  test("that allows opens the connection, and its context is in every later event, as text", async () => {
    const authorizer = policy("Allow", { context: { name: "ann", age: 42, admin: true } });
    gateway = await startGateway({ authorizer, routes: { $connect: ok, $default: ok, $disconnect: ok } });
    const { send, socket } = await gateway.connect();
    send("hello");
    await gateway.event("$default");
    socket.close();
    for (const route of ["$connect", "$default", "$disconnect"]) {
      const { requestContext } = await gateway.event(route);
      expect(requestContext.authorizer).toEqual({ principalId: "user-1", name: "ann", age: "42", admin: "true" });
    }
  });

  test("19 is asked with the method ARN, the headers of the upgrade and its query string", async () => {
    gateway = await startGateway({ authorizer: policy("Allow"), routes: { $connect: ok } });
    await gateway.connect("/dev?token=t&x=1&x=2", [], { headers: { HeaderAuth1: "h" } });
    const [{ event, principal }] = gateway.invocations as [(typeof gateway.invocations)[number]];
    expect(Object.keys(event).sort()).toEqual([
      "headers",
      "methodArn",
      "multiValueHeaders",
      "multiValueQueryStringParameters",
      "queryStringParameters",
      "requestContext",
      "stageVariables",
      "type",
    ]);
    expect(event).toMatchObject({
      type: "REQUEST",
      methodArn: arnOf("dev/$connect"),
      headers: { HeaderAuth1: "h", Connection: "Upgrade", Upgrade: "websocket" },
      queryStringParameters: { token: "t", x: "2" },
      multiValueQueryStringParameters: { token: ["t"], x: ["1", "2"] },
      requestContext: { routeKey: "$connect", eventType: "CONNECT", stage: "dev" },
    });
    const id = gateway.resources.find(({ logicalId }) => logicalId === "Auth")!.ref;
    expect(principal).toEqual({
      kind: "service",
      name: "apigateway.amazonaws.com",
      sourceArn: arnOf(`authorizers/${id}`),
    });
  });

  test("3 that denies is a 403, and $connect is not run", async () => {
    gateway = await startGateway({ authorizer: policy("Deny"), routes: { $connect: ok } });
    await expect(gateway.connect()).rejects.toMatchObject({ status: 403 });
    expect(gateway.invocations).toHaveLength(1);
  });

  test.each([
    ["/dev", {}],
    ["/dev?token=", { "x-key": "k" }],
    ["/dev?token=t", { "x-key": "" }],
  ])("3 without an identity source is a 401 and is not invoked: %s %o", async (path, headers) => {
    const identitySource = ["route.request.querystring.token", "route.request.header.X-Key"];
    gateway = await startGateway({ authorizer: policy("Allow"), identitySource, routes: { $connect: ok } });
    await expect(gateway.connect(path, [], { headers })).rejects.toMatchObject({ status: 401 });
    expect(gateway.invocations).toEqual([]);
    await gateway.connect("/dev?token=t", [], { headers: { "x-key": "k" } });
  });

  test.each([
    ["another action", statements({ ...allow, Action: "execute-api:ManageConnections" }), 403],
    ["another API", statements({ ...allow, Resource: "arn:aws:execute-api:*:*:other/*" }), 403],
    ["no statement", statements(), 403],
    ["an allow and a deny", statements(allow, { ...allow, Effect: "Deny" }), 403],
    ["a condition, which is not evaluated", statements({ ...allow, Condition: { Bool: {} } }), 500],
    ["no policy", { principalId: "p" }, 500],
    ["no principal", { policyDocument: { Statement: [allow] } }, 500],
    ["an object in the context", { ...statements(allow), context: { user: { id: 1 } } }, 500],
    ["nothing", undefined, 500],
    ["text", "Allow", 500],
  ])("that answers with %s", async (_what, answer, status) => {
    gateway = await startGateway({ authorizer: () => answer, routes: { $connect: ok } });
    await expect(gateway.connect()).rejects.toMatchObject({ status });
  });

  test.each([
    [{ ...allow, Action: ["other:Action", "execute-api:*"] }],
    [{ ...allow, Action: "EXECUTE-API:invoke" }],
    [{ ...allow, Resource: "arn:aws:execute-api:*:*:*/dev/$conn?ct" }],
  ])("allows by wildcards: %o", async (statement) => {
    gateway = await startGateway({ authorizer: () => statements(statement), routes: { $connect: ok } });
    await gateway.connect();
  });

  test.each([
    ["Unauthorized", 401],
    ["no database", 500],
  ])("that throws %s is a %i", async (message, status) => {
    const authorizer = () => {
      throw new Error(message);
    };
    gateway = await startGateway({ authorizer, routes: { $connect: ok } });
    const refused = await gateway.connect().catch((error) => error);
    expect(refused.status).toBe(status);
    expect(refused.body).not.toContain("database");
    expect(gateway.logged).toMatchObject([{ level: "error", message: expect.stringContaining("authorizer") }]);
  });
});
