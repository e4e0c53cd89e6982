import { afterEach, describe, expect, test } from "vitest";
import { AwsError } from "../../../local/aws/error.ts";
import { manualClock } from "../../support/manual-clock.ts";
import { type Gateway, ok, startGateway } from "./gateway.ts";

let gateway: Gateway;
afterEach(() => gateway.stop());

describe("an upgrade", () => {
  test("1 waits for $connect and is answered with 101 after it", async () => {
    const release = Promise.withResolvers<object>();
    gateway = await startGateway({ routes: { $connect: () => release.promise } });
    const connecting = gateway.connect();
    await gateway.event("$connect");
    expect(gateway.apis.open()).toBe(0);
    release.resolve({ statusCode: 200 });
    await connecting;
    expect(gateway.apis.open()).toBe(1);
  });

  test.each([400, 403, 409, 500])("2 is refused with %i when $connect returns it", async (statusCode) => {
    gateway = await startGateway({ routes: { $connect: () => ({ statusCode }) } });
    await expect(gateway.connect()).rejects.toMatchObject({ status: statusCode });
    expect(gateway.apis.open()).toBe(0);
  });

  test("4 is refused with 502 when the function of $connect throws, and the client learns nothing of the error", async () => {
    gateway = await startGateway({
      routes: {
        $connect: () => {
          throw new Error("the secret inside");
        },
      },
    });
    const refused = await gateway.connect().catch((error) => error);
    expect(refused).toMatchObject({ status: 502 });
    expect(refused.body).not.toContain("secret");
    expect(gateway.logged).toMatchObject([
      {
        level: "error",
        message: expect.stringContaining("connect failed"),
        details: { errorMessage: "the secret inside" },
      },
    ]);
  });

  test.each([
    ["nothing", undefined],
    ["text", "ok"],
    ["no status code", { body: "ok" }],
    ["a status code that is no number", { statusCode: "fine" }],
    ["the status of another upgrade", { statusCode: 101 }],
    ["a body that is no text", { statusCode: 200, body: {} }],
  ])("4 is refused with 502 when $connect returns %s", async (_what, returned) => {
    gateway = await startGateway({ routes: { $connect: () => returned } });
    await expect(gateway.connect()).rejects.toMatchObject({ status: 502 });
    expect(gateway.logged).toMatchObject([{ level: "error", message: expect.stringContaining("malformed") }]);
  });

  test.each(["AccessDeniedException", "ResourceNotFoundException", "TooManyRequestsException"])(
    "is refused with 500 when Lambda answers the invocation with %s",
    async (name) => {
      const invoke = () => Promise.reject(new AwsError(name, "User: x is not authorized"));
      gateway = await startGateway({ routes: { $connect: ok }, invoke });
      const refused = await gateway.connect().catch((error) => error);
      expect(refused).toMatchObject({ status: 500 });
      expect(refused.body).not.toContain("authorized");
    },
  );

  test("32 is refused with 504 when $connect takes longer than its integration may", async () => {
    const clock = manualClock();
    gateway = await startGateway({ clock, routes: { $connect: () => new Promise(() => {}) } });
    const connecting = gateway.connect().catch((error) => error);
    await gateway.event("$connect");
    await clock.advance(29_000);
    expect(await connecting).toMatchObject({ status: 504 });
  });

  test("5 is accepted without a $connect route, and with one that has no integration", async () => {
    gateway = await startGateway({ routes: { $default: ok } });
    await gateway.connect();
    await gateway.stop();
    gateway = await startGateway({ routes: { $connect: undefined } });
    await gateway.connect();
    expect(gateway.apis.open()).toBe(1);
  });

  test("6 carries exactly the subprotocol that $connect chose", async () => {
    const headers = { "sec-websocket-protocol": "second" };
    gateway = await startGateway({ routes: { $connect: () => ({ statusCode: 200, headers }) } });
    const { socket } = await gateway.connect("/dev", ["first", "second"]);
    expect(socket.protocol).toBe("second");
  });

  test("6 carries no subprotocol to a client that offered none", async () => {
    const headers = { "Sec-WebSocket-Protocol": "chosen" };
    gateway = await startGateway({ routes: { $connect: () => ({ statusCode: 200, headers }) } });
    const { socket } = await gateway.connect(); // a client ends the connection over a subprotocol that it did not offer
    expect(socket.protocol).toBe("");
  });

  test.each([
    ["a client that left", () => gateway.clients[0]?.terminate()],
    ["a socket that was dropped", () => gateway.sockets[0]?.destroy()],
  ])("$disconnect is run, with 1006, for %s while $connect ran", async (_who, leave) => {
    const release = Promise.withResolvers<object>();
    gateway = await startGateway({ routes: { $connect: () => release.promise, $disconnect: ok } });
    const connecting = gateway.connect().catch(() => {});
    const { requestContext } = await gateway.event("$connect");
    leave();
    await connecting;
    release.resolve({ statusCode: 200 });
    expect((await gateway.event("$disconnect")).requestContext).toMatchObject({
      connectionId: requestContext.connectionId,
      disconnectStatusCode: 1006,
    });
    expect(gateway.apis.open()).toBe(0);
  });
});
