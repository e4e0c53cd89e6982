import { once } from "node:events";
import { connect as tcp } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { manualClock } from "../../support/manual-clock.ts";
import { type Gateway, ok, startGateway } from "./gateway.ts";

let gateway: Gateway;
afterEach(() => gateway.stop());

const routes = { $connect: ok, $disconnect: ok, $default: ok };

describe("a request that is no upgrade", () => {
  test.each([
    ["7 to a stage", "/dev", 426],
    ["to a stage with a query string", "/dev?x=1", 426],
    ["below a stage", "/dev/elsewhere", 403],
  ])("%s", async (_where, path, status) => {
    gateway = await startGateway({ routes });
    expect((await fetch(`http://127.0.0.1:${gateway.port}${path}`)).status).toBe(status);
  });
});

describe("an upgrade", () => {
  test.each(["/other", "/", "/dev/elsewhere", "/d%65v", "//dev", "/__proto__"])(
    "to no stage is a 403 and runs nothing: %s",
    async (path) => {
      gateway = await startGateway({ routes });
      await expect(gateway.connect(path)).rejects.toMatchObject({ status: 403 });
      expect(gateway.invocations).toEqual([]);
    },
  );

  test.each([
    ["without a key", "Upgrade: websocket\r\nSec-WebSocket-Version: 13"],
    [
      "of another version",
      "Upgrade: websocket\r\nSec-WebSocket-Version: 12\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ],
    ["to another protocol", "Upgrade: h2c"],
  ])("%s is a 400 and runs nothing", async (_what, headers) => {
    gateway = await startGateway({ routes });
    const socket = tcp(gateway.port, "127.0.0.1");
    socket.write(`GET /dev HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n${headers}\r\n\r\n`);
    const [answer] = await once(socket, "data");
    expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /);
    expect(gateway.invocations).toEqual([]);
    socket.destroy();
  });
});

describe("a frame sent with the upgrade, without waiting for its answer", () => {
  const key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
  const upgrade = Buffer.from(
    `GET /dev HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${key}\r\n\r\n`,
  );
  const sendWithUpgrade = (...frame: Buffer[]) => {
    const socket = tcp(gateway.port, "127.0.0.1").resume();
    socket.write(Buffer.concat([upgrade, ...frame]));
    return socket;
  };

  test("is taken to its route after $connect", async () => {
    gateway = await startGateway({ routes });
    const masked = Buffer.from([0x81, 0x82, 0, 0, 0, 0]); // a mask of zeros leaves the text as it is
    const socket = sendWithUpgrade(masked, Buffer.from("hi"));
    expect((await gateway.event("$default")).body).toBe("hi");
    expect(gateway.invocations.map(({ event }) => event.requestContext.eventType)).toEqual(["CONNECT", "MESSAGE"]);
    socket.destroy();
  });

  test("34 closes with 1009 when it is over 32 KB", async () => {
    gateway = await startGateway({ routes });
    const socket = sendWithUpgrade(Buffer.from([0x81, 0xfe, 0x80, 0x01, 0, 0, 0, 0]), Buffer.alloc(0x8001, "x"));
    const { requestContext } = await gateway.event("$disconnect");
    expect(requestContext.disconnectStatusCode).toBe(1009);
    expect(gateway.invocations.map(({ event }) => event.requestContext.eventType)).toEqual(["CONNECT", "DISCONNECT"]);
    socket.destroy();
  });
});

test("several clients are served at once, each its own", async () => {
  const echo = ({ body }: { body: string }) => ({ statusCode: 200, body });
  gateway = await startGateway({ routes: { $default: echo }, answers: ["$default"] });
  const clients = await Promise.all(Array.from({ length: 50 }, () => gateway.connect()));
  expect(gateway.apis.open()).toBe(50);
  clients.forEach(({ send }, index) => {
    send(`from ${index}`);
  });
  const answers = await Promise.all(clients.map(({ next }) => next()));
  expect(answers).toEqual(clients.map((_, index) => `from ${index}`));
});

describe("close", () => {
  test("sends every client a close frame with 1001 and runs its $disconnect", async () => {
    gateway = await startGateway({ routes });
    const clients = [await gateway.connect(), await gateway.connect()];
    await gateway.apis.close();
    for (const { closed } of clients) expect(await closed).toEqual({ code: 1001, reason: "Going away" });
    const told = gateway.invocations.filter(({ event }) => event.requestContext.eventType === "DISCONNECT");
    expect(told.map(({ event }) => event.requestContext.disconnectStatusCode)).toEqual([1001, 1001]);
    expect(gateway.apis.open()).toBe(0);
    await expect(gateway.connect()).rejects.toMatchObject({ status: 503 });
  });

  test("waits 3 s at most, for clients and functions alike", async () => {
    const clock = manualClock();
    gateway = await startGateway({ clock, routes: { ...routes, $disconnect: () => new Promise(() => {}) } });
    const { socket } = await gateway.connect();
    socket.pause();
    const closed = gateway.apis.close();
    await gateway.event("$disconnect");
    expect(gateway.sockets[0]?.destroyed).toBe(false);
    await clock.advance(3_000);
    await closed;
    expect(gateway.sockets[0]?.destroyed).toBe(true);
  });

  test("closes a client whose $connect returns only now", async () => {
    const release = Promise.withResolvers<object>();
    gateway = await startGateway({ routes: { ...routes, $connect: () => release.promise } });
    const connecting = gateway.connect();
    await gateway.event("$connect");
    await gateway.apis.close();
    release.resolve({ statusCode: 200 });
    expect(await (await connecting).closed).toMatchObject({ code: 1001 });
  });
});
