import { DeleteConnectionCommand, PostToConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";
import { afterEach, describe, expect, test } from "vitest";
import { type Gateway, ok, startGateway } from "./gateway.ts";

let gateway: Gateway;
afterEach(() => gateway.stop());

const greet = () => ({ statusCode: 200, body: "hello" });
const routes = { $connect: ok, $disconnect: ok, $default: greet };
const startWith = (faults: string, more: Partial<Parameters<typeof startGateway>[0]> = {}) =>
  startGateway({ routes, answers: ["$default"], faults, ...more });

/** The next client, and its connection id. */
const connected = async () => {
  const client = await gateway.connect();
  const ConnectionId: string = (await gateway.event("$connect", gateway.clients.length)).requestContext.connectionId;
  return { ...client, ConnectionId };
};

/** What became of the connections, in order: each route that ran. */
const ran = () => gateway.invocations.map(({ event }) => event.requestContext.routeKey);

describe("a post", () => {
  const post = (ConnectionId: string, Data: string) =>
    gateway.sdk().send(new PostToConnectionCommand({ ConnectionId, Data }));

  test("that is throttled is a LimitExceededException, and not posted", async () => {
    gateway = await startWith("post.throttle=#2");
    const { ConnectionId, next } = await connected();
    await post(ConnectionId, "first");
    await expect(post(ConnectionId, "second")).rejects.toMatchObject({
      name: "LimitExceededException",
      $metadata: { httpStatusCode: 429 },
    });
    await post(ConnectionId, "third");
    expect([await next(), await next()]).toEqual(["first", "third"]);
  });

  test("is all that post.throttle throttles", async () => {
    gateway = await startWith("post.throttle=100%");
    const { ConnectionId, closed } = await connected();
    await gateway.sdk().send(new DeleteConnectionCommand({ ConnectionId }));
    expect(await closed).toMatchObject({ code: 1000 });
  });

  test("that is said to be gone was delivered, and the connection stays", async () => {
    gateway = await startWith("post.gone=#1");
    const { ConnectionId, next } = await connected();
    await expect(post(ConnectionId, "first")).rejects.toMatchObject({ name: "GoneException" });
    await post(ConnectionId, "second");
    expect([await next(), await next()]).toEqual(["first", "second"]);
  });

  test("that hangs runs into the caller's requestTimeout, and is not posted", async () => {
    gateway = await startWith("post.hang=#1");
    const { ConnectionId, next } = await connected();
    const impatient = gateway.sdk({ requestHandler: { requestTimeout: 50, throwOnRequestTimeout: true } });
    const hanging = impatient.send(new PostToConnectionCommand({ ConnectionId, Data: "first" }));
    await expect(hanging).rejects.toMatchObject({ name: "TimeoutError" });
    await post(ConnectionId, "second");
    expect(await next()).toBe("second");
  });
});

describe("a connection", () => {
  test("whose $disconnect is lost ends all the same", async () => {
    gateway = await startWith("disconnect.lose=#1");
    const [lost, told] = [await connected(), await connected()];
    lost.socket.close();
    await lost.closed;
    told.socket.close();
    expect((await gateway.event("$disconnect")).requestContext.connectionId).toBe(told.ConnectionId);
    expect(gateway.apis.open()).toBe(0);
    expect(ran().filter((route) => route === "$disconnect")).toHaveLength(1);
  });

  // The seeds were chosen for where they cut.
  test.each([
    ["before its frame is handled loses the frame", 1, ["$connect", "$disconnect"]],
    ["before its answer keeps the effect, and loses the answer", 6, ["$connect", "$default", "$disconnect"]],
  ])("that is cut %s", async (_what, seed, routesRun) => {
    gateway = await startWith(`connection.cut=#1,seed=${seed}`);
    const { send, closed, frames } = await connected();
    send("hello?");
    expect(await closed).toEqual({ code: 1006, reason: "" });
    expect((await gateway.event("$disconnect")).requestContext).toMatchObject({ disconnectStatusCode: 1006 });
    expect([ran(), frames]).toEqual([routesRun, []]);
  });

  test("that is not cut is answered, however often others are", async () => {
    gateway = await startWith("connection.cut=#1");
    const [cut, other] = [await connected(), await connected()];
    cut.send("hello?");
    await cut.closed;
    other.send("hello?");
    expect(await other.next()).toBe("hello");
  });

  test("that is cut tells nobody where its $disconnect is lost too", async () => {
    gateway = await startWith("connection.cut=#1,disconnect.lose=#1");
    const { send, closed } = await connected();
    send("hello?");
    await closed;
    await connected();
    expect(ran()).not.toContain("$disconnect");
    expect(gateway.apis.open()).toBe(1);
  });
});

test("the runtime is killed as a frame comes in, before anything is done with it", async () => {
  const killed = Promise.withResolvers<void>();
  gateway = await startWith("runtime.kill=#2", { kill: killed.resolve });
  const { send, next } = await connected();
  send("first");
  expect(await next()).toBe("hello");
  send("second");
  await killed.promise;
  expect(ran()).toEqual(["$connect", "$default"]);
});
