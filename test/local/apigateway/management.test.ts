import { once } from "node:events";
import {
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { afterEach, describe, expect, test } from "vitest";
import { manualClock } from "../../support/manual-clock.ts";
import { account, type Gateway, ok, region, startGateway } from "./gateway.ts";

let gateway: Gateway;
afterEach(() => gateway.stop());

const routes = { $connect: ok, $disconnect: ok, $default: ok };

/** A client, its connection id, and the SDK's three calls for it. */
const connected = async () => {
  const client = await gateway.connect("/dev", [], { headers: { "User-Agent": "test/1" } });
  const ConnectionId: string = (await gateway.event("$connect")).requestContext.connectionId;
  return { ...client, ConnectionId, ...callsTo(ConnectionId) };
};

const callsTo = (ConnectionId: string) => {
  const sdk = gateway.sdk();
  return {
    post: (Data: string | Uint8Array) => sdk.send(new PostToConnectionCommand({ ConnectionId, Data })),
    get: () => sdk.send(new GetConnectionCommand({ ConnectionId })),
    remove: () => sdk.send(new DeleteConnectionCommand({ ConnectionId })),
  };
};

const refusal = (name: string, httpStatusCode: number) => ({ name, $metadata: { httpStatusCode } });
const gone = refusal("GoneException", 410);

describe("@connections through the SDK", () => {
  test("42 POST delivers its payload unchanged as one text message", async () => {
    gateway = await startGateway({ routes });
    const { post, next, frames } = await connected();
    const { $metadata } = await post("grüße ✓");
    expect($metadata.httpStatusCode).toBe(200);
    expect(await next()).toBe("grüße ✓");
    expect(frames).toEqual([]);
  });

  test("42, 47 POST delivers 128 KB, and refuses a byte more with 413", async () => {
    gateway = await startGateway({ routes });
    const { post, next } = await connected();
    await post("x".repeat(128 * 1024));
    expect(await next()).toHaveLength(128 * 1024);
    await expect(post("x".repeat(128 * 1024 + 1))).rejects.toMatchObject(refusal("PayloadTooLargeException", 413));
  });

  test("POST of bytes that are no UTF-8 leaves the connection open", async () => {
    gateway = await startGateway({ routes });
    const { post, next } = await connected();
    await post(Uint8Array.of(0x61, 0xff));
    expect(await next()).toBe("a\ufffd");
  });

  test("42, 43 GET tells when the connection opened, was last active, and whose it is", async () => {
    const clock = manualClock();
    gateway = await startGateway({ routes, clock });
    const { get, post } = await connected();
    const connectedAt = new Date(clock.now());
    await clock.advance(60_000);
    await post("hello");
    expect(await get()).toMatchObject({
      $metadata: { httpStatusCode: 200 },
      ConnectedAt: connectedAt,
      LastActiveAt: new Date(clock.now()),
      Identity: { SourceIp: "127.0.0.1", UserAgent: "test/1" },
    });
  });

  test("39, 42 DELETE answers 204 and closes with 1000", async () => {
    gateway = await startGateway({ routes });
    const { remove, closed } = await connected();
    expect((await remove()).$metadata.httpStatusCode).toBe(204);
    expect(await closed).toMatchObject({ code: 1000 });
    expect((await gateway.event("$disconnect")).requestContext).toMatchObject({
      disconnectStatusCode: 1000,
      disconnectReason: "Connection Closed Normally",
    });
  });

  test.each(["post", "get", "remove"] as const)("44, 45 %s is a GoneException after the close", async (call) => {
    gateway = await startGateway({ routes });
    const client = await connected();
    client.socket.close();
    await gateway.event("$disconnect");
    await expect(client[call]("late")).rejects.toMatchObject(gone);
  });

  test("44 POST is a GoneException as soon as a killed client is known to be", async () => {
    gateway = await startGateway({ routes });
    const client = await connected();
    client.socket.terminate();
    await gateway.event("$disconnect");
    await expect(client.post("late")).rejects.toMatchObject(gone);
  });

  test("11 POST from inside $connect is a GoneException", async () => {
    const posted = Promise.withResolvers<unknown>();
    const $connect = async ({ requestContext }: { requestContext: { connectionId: string } }) => {
      await callsTo(requestContext.connectionId).post("early").catch(posted.resolve);
      return { statusCode: 200 };
    };
    gateway = await startGateway({ routes: { ...routes, $connect } });
    await gateway.connect();
    expect(await posted.promise).toMatchObject(gone);
  });

  test("46 an id that never was is gone, one that could not be is a bad request", async () => {
    gateway = await startGateway({ routes });
    await expect(callsTo("AAAAAAAAAAAAAAA=").post("x")).rejects.toMatchObject(gone);
    await expect(callsTo("xyz").post("x")).rejects.toMatchObject({
      ...refusal("BadRequestException", 400),
      message: "Invalid connectionId: xyz",
    });
  });

  test("48 over the account's rate, which frames and posts share, POST is a LimitExceededException", async () => {
    const clock = manualClock();
    gateway = await startGateway({ routes, clock, quotas: { requestsPerSecond: 1, requestBurst: 3 } });
    const { post, send } = await connected();
    send("hello");
    await gateway.event("$default");
    await post("third");
    await expect(post("fourth")).rejects.toMatchObject(refusal("LimitExceededException", 429));
    await clock.advance(1_000);
    await post("a second later");
  });

  test("48 to a client that does not read, POST is a LimitExceededException, and it may read on", async () => {
    gateway = await startGateway({ routes });
    const { post, socket } = await connected();
    socket.pause();
    const text = "x".repeat(128 * 1024);
    const posts = async () => {
      for (let sent = 0; sent < 500; sent++) await post(text);
    };
    await expect(posts()).rejects.toMatchObject(refusal("LimitExceededException", 429));
    socket.resume();
    await once(socket, "message");
    expect(gateway.apis.open()).toBe(1);
  });
});

describe("@connections over HTTP", () => {
  const call = (path: string, method = "POST") =>
    fetch(`http://127.0.0.1:${gateway.port}${path}`, { method, ...(method === "POST" && { body: "hi" }) });

  test.each(["@connections", "%40connections"])("50 takes the path with %s and the id encoded or not", async (name) => {
    gateway = await startGateway({ routes });
    const { ConnectionId, next } = await connected();
    for (const id of [ConnectionId, encodeURIComponent(ConnectionId)]) {
      expect((await call(`/dev/${name}/${id}`)).status).toBe(200);
      expect(await next()).toBe("hi");
    }
  });

  test("45 a 410 has an empty body and its name in a header", async () => {
    gateway = await startGateway({ routes });
    const answer = await call("/dev/@connections/AAAAAAAAAAAAAAA%3D");
    expect([answer.status, await answer.text()]).toEqual([410, ""]);
    expect(answer.headers.get("x-amzn-ErrorType")).toBe("GoneException");
  });

  test.each([
    ["48 an unknown stage", "/other/@connections/AAAAAAAAAAAAAAA=", "POST", 403],
    ["an unknown method", "/dev/@connections/AAAAAAAAAAAAAAA=", "PUT", 403],
    ["a wrong encoding", "/dev/@connections/%zz", "POST", 400],
    ["an id that is a key of every object", "/dev/@connections/__proto__", "POST", 400],
  ])("%s", async (_what, path, method, status) => {
    gateway = await startGateway({ routes });
    expect((await call(path, method)).status).toBe(status);
  });

  test("a connection of another stage is gone", async () => {
    gateway = await startGateway({ routes, furtherStage: "other" });
    const { ConnectionId } = await connected();
    expect((await call(`/other/@connections/${ConnectionId}`)).status).toBe(410);
  });
});

test("49 the resource for IAM is the stage's, with the method and the id decoded", async () => {
  gateway = await startGateway({ routes });
  const arn = `arn:aws:execute-api:${region}:${account}:${gateway.apiId}/dev/POST/@connections/AAAAAAAAAAAAAAA=`;
  expect(gateway.apis.manageArn("/dev/@connections/AAAAAAAAAAAAAAA=", "POST")).toBe(arn);
  expect(gateway.apis.manageArn("/dev/%40connections/AAAAAAAAAAAAAAA%3D", "POST")).toBe(arn);
  expect(gateway.apis.manageArn("/other/@connections/AAAAAAAAAAAAAAA=", "POST")).toBeUndefined();
  expect(gateway.apis.manageArn("/dev", "GET")).toBeUndefined();
});
