import type { Writable } from "node:stream";
import { afterEach, describe, expect, test } from "vitest";
import { manualClock } from "../../support/manual-clock.ts";
import { type Client, type Gateway, ok, startGateway } from "./gateway.ts";

let gateway: Gateway;
afterEach(() => gateway.stop());

const routes = { $connect: ok, $disconnect: ok, $default: ok };
const kib = 1024;
const minute = 60_000;

/** The socket below a client's WebSocket, which it does not expose. */
const rawSocket = (client: object) => (client as { _socket: Writable })._socket;

/** How `$disconnect` was told that the connection ended. */
const ending = async () => {
  const { disconnectStatusCode, disconnectReason } = (await gateway.event("$disconnect")).requestContext;
  return [disconnectStatusCode, disconnectReason];
};

/** Sends one message in frames of these sizes. */
const inFrames = ({ socket }: Client, sizes: readonly number[]) =>
  sizes.forEach((size, index) => {
    socket.send("x".repeat(size), { fin: index === sizes.length - 1 });
  });

describe("sizes", () => {
  test.each([
    ["a frame of 32 KB", [32 * kib]],
    ["100 KB in frames of 32 KB at most", [32 * kib, 32 * kib, 32 * kib, 4 * kib]],
    ["128 KB in frames of 32 KB", [32 * kib, 32 * kib, 32 * kib, 32 * kib]],
  ])("34 accepts %s", async (_what, sizes) => {
    gateway = await startGateway({ routes });
    inFrames(await gateway.connect(), sizes);
    const { body } = await gateway.event("$default");
    expect(body).toHaveLength(sizes.reduce((sum, size) => sum + size));
  });

  test.each([
    ["a frame is over 32 KB", [32 * kib + 1]],
    ["a frame is over 32 KB and the message over 128 KB", [129 * kib]],
    ["a later frame is over 32 KB", [10, 33 * kib]],
    ["a message is over 128 KB", [32 * kib, 32 * kib, 32 * kib, 32 * kib, 1]],
  ])("34 closes with 1009 when %s", async (_what, sizes) => {
    gateway = await startGateway({ routes });
    const client = await gateway.connect();
    inFrames(client, sizes);
    expect(await client.closed).toMatchObject({ code: 1009 });
    expect(await ending()).toMatchObject([1009, expect.any(String)]);
    expect(gateway.invocations.map(({ event }) => event.requestContext.eventType)).toEqual(["CONNECT", "DISCONNECT"]);
  });

  test("35 closes with 1003 when a frame is binary", async () => {
    gateway = await startGateway({ routes });
    const { socket, closed } = await gateway.connect();
    socket.send(Buffer.from("binary"));
    expect(await closed).toMatchObject({ code: 1003 });
    expect(await ending()).toMatchObject([1003, expect.any(String)]);
  });

  test("closes with 1007 when text is not UTF-8", async () => {
    gateway = await startGateway({ routes });
    const { socket, closed } = await gateway.connect();
    socket.send(Buffer.from([0xc3, 0x28]), { binary: false });
    expect(await closed).toMatchObject({ code: 1007 });
    expect(await ending()).toMatchObject([1007, expect.any(String)]);
  });

  test("closes with 1002 when a frame breaks the protocol", async () => {
    gateway = await startGateway({ routes });
    const { closed } = await gateway.connect();
    rawSocket(gateway.clients[0]!).write(Buffer.from([0x81, 0x01, 0x61])); // a client's frame has to be masked
    expect(await closed).toMatchObject({ code: 1002 });
    expect(await ending()).toMatchObject([1002, expect.any(String)]);
  });

  test("8 takes URLs of up to 4096 characters", async () => {
    gateway = await startGateway({ routes });
    const url = (length: number) => "/dev?x=".padEnd(length, "x");
    await gateway.connect(url(4096));
    await expect(gateway.connect(url(4097))).rejects.toMatchObject({ status: 414 });
  });
});

describe("time", () => {
  test("36 closes with 1001 after 10 minutes without a message", async () => {
    const clock = manualClock();
    gateway = await startGateway({ clock, routes });
    const { closed } = await gateway.connect();
    await clock.advance(10 * minute - 1);
    expect(gateway.apis.open()).toBe(1);
    await clock.advance(1);
    expect(await closed).toEqual({ code: 1001, reason: "Going away" });
    expect(await ending()).toEqual([1001, "Going away"]);
  });

  test("36 counts the 10 minutes from the last message", async () => {
    const clock = manualClock();
    gateway = await startGateway({ clock, routes });
    const { send } = await gateway.connect();
    await clock.advance(9 * minute);
    send("still here");
    await gateway.event("$default");
    await clock.advance(10 * minute - 1);
    expect(gateway.apis.open()).toBe(1);
    await clock.advance(1);
    expect(gateway.apis.open()).toBe(0);
  });

  test("36 closes after 2 hours, however lively the connection is", async () => {
    const clock = manualClock();
    gateway = await startGateway({ clock, routes });
    const { send, closed } = await gateway.connect();
    for (let nth = 1; nth <= 14; nth++) {
      await clock.advance(8 * minute);
      send("ping");
      await gateway.event("$default", nth);
    }
    expect(gateway.apis.open()).toBe(1);
    await clock.advance(8 * minute);
    await closed;
    expect(gateway.apis.open()).toBe(0);
  });

  test("a client that leaves a close frame unanswered is dropped, and its $disconnect does not wait for that", async () => {
    const clock = manualClock();
    gateway = await startGateway({ clock, routes });
    const { socket, closed } = await gateway.connect();
    socket.pause();
    await clock.advance(10 * minute);
    expect(await ending()).toEqual([1001, "Going away"]);
    await clock.advance(5_000);
    expect(gateway.sockets[0]?.destroyed).toBe(true);
    socket.resume();
    await closed;
  });
});

test("a ping is answered", async () => {
  gateway = await startGateway({ routes });
  const { socket } = await gateway.connect();
  const answered = new Promise<string>((resolve) => socket.once("pong", (data) => resolve(String(data))));
  socket.ping("are you there?");
  expect(await answered).toBe("are you there?");
});

describe("$disconnect", () => {
  test.each<{ how: string; code?: number; reason?: string; told: [number, string] }>([
    { how: "37 without a status", told: [1005, "Client-side close frame status not set"] },
    { how: "38 with a status and a reason", code: 4001, reason: "bye", told: [4001, "bye"] },
    { how: "38 as a browser's tab does", code: 1001, told: [1001, ""] },
  ])("is told how the client closed: $how", async ({ code, reason, told }) => {
    gateway = await startGateway({ routes });
    const { socket } = await gateway.connect();
    socket.close(code, reason);
    expect(await ending()).toEqual(told);
    expect(gateway.apis.open()).toBe(0);
  });

  test("40 runs once when the client is lost without a close frame", async () => {
    gateway = await startGateway({ routes });
    const { socket } = await gateway.connect();
    socket.terminate();
    expect(await ending()).toEqual([1006, ""]);
    expect(gateway.invocations).toHaveLength(2);
  });

  test("40 may fail without harm to others", async () => {
    const failing = () => Promise.reject(new Error("no table"));
    gateway = await startGateway({ routes: { ...routes, $disconnect: failing } });
    const leaving = await gateway.connect();
    const staying = await gateway.connect();
    leaving.socket.close();
    await gateway.event("$disconnect");
    staying.send("hello");
    await gateway.event("$default");
    expect(gateway.logged).toMatchObject([{ level: "error", details: { errorMessage: "no table" } }]);
  });
});
