import { afterEach, describe, expect, test } from "vitest";
import { manualClock } from "../../support/manual-clock.ts";
import { type Gateway, ok, startGateway } from "./gateway.ts";

let gateway: Gateway;
afterEach(() => gateway.stop());

const routes = { $connect: ok, $disconnect: ok, $default: ok };
const kib = 1024;

/** How `$disconnect` was told that the connection ended. */
const ending = async () => {
  const { disconnectStatusCode, disconnectReason } = (await gateway.event("$disconnect")).requestContext;
  return [disconnectStatusCode, disconnectReason];
};

describe("a client that does not read", () => {
  /** Posts until no more is taken. */
  const fill = async (nth = 1) => {
    const { connectionId } = (await gateway.event("$connect", nth)).requestContext;
    const path = `/dev/@connections/${encodeURIComponent(connectionId)}`;
    const post = (body = "x") => gateway.apis.manage({ method: "POST", path, body: Buffer.from(body) })?.status;
    while (post("x".repeat(128 * kib)) === 200);
    return post;
  };
  const deaf = async (clock = manualClock()) => {
    gateway = await startGateway({ clock, routes });
    const client = await gateway.connect();
    client.socket.pause();
    return { ...client, post: await fill(), clock };
  };

  test("is refused posts for 30 seconds, and then cut without a close frame", async () => {
    const { post, clock } = await deaf();
    await clock.advance(29_999);
    expect([post(), gateway.apis.open()]).toEqual([429, 1]);
    await clock.advance(1);
    expect([post(), gateway.apis.open(), gateway.sockets[0]?.destroyed]).toEqual([410, 0, true]);
    expect(await ending()).toEqual([1006, "The client does not read"]);
  });

  test("is not cut once it has read on, and has as long again when it stops once more", async () => {
    const { post, socket, clock } = await deaf();
    await clock.advance(29_999);
    socket.resume();
    await expect.poll(() => post()).toBe(200);
    await clock.advance(1);
    expect(gateway.apis.open()).toBe(1);
    socket.pause();
    await fill();
    await clock.advance(29_999);
    expect(gateway.apis.open()).toBe(1);
    await clock.advance(1);
    expect(gateway.apis.open()).toBe(0);
  });

  test("gets no answers to its pings, which would wait for it", async () => {
    const { socket, clock } = await deaf();
    const waits = () => gateway.sockets[0]?.writableLength ?? 0;
    const before = waits();
    for (let pings = 0; pings < 10_000; pings++) socket.ping("x".repeat(100));
    socket.send("the last");
    await gateway.event("$default");
    expect(waits()).toBe(before);
    await clock.advance(30_000);
    expect(gateway.apis.open()).toBe(0);
  });
});
