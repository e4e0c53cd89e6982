import type { Writable } from "node:stream";
import { afterEach, expect, test } from "vitest";
import { manualClock } from "../../support/manual-clock.ts";
import { type Gateway, ok, startGateway } from "./gateway.ts";

let gateway: Gateway;
afterEach(() => gateway.stop());

/** A route whose function returns only when it is told to, oldest first. */
const heldRoute = () => {
  const held: (() => void)[] = [];
  const $default = () =>
    new Promise((resolve) => {
      held.push(() => resolve(ok()));
    });
  return { routes: { $connect: ok, $disconnect: ok, $default }, release: () => held.shift()?.() };
};

const bodies = () =>
  gateway.invocations.filter(({ event }) => event.body !== undefined).map(({ event }) => String(event.body));

/** Writes to the socket below a WebSocket at once, so that all of it is there before any of it is done. */
const inOneChunk = (socket: object, write: () => void) => {
  const { _socket } = socket as { _socket: Writable };
  _socket.cork();
  write();
  _socket.uncork();
};

const texts = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => `${first + n}`);

test("four messages of a connection are under way at once, and the others wait in their order", async () => {
  const { routes, release } = heldRoute();
  gateway = await startGateway({ routes });
  const { send } = await gateway.connect();
  for (const text of texts(1, 54)) send(text);
  await gateway.event("$default", 4);
  expect(bodies()).toEqual(texts(1, 4));
  for (let done = 1; done <= 50; done++) {
    release();
    await gateway.event("$default", 4 + done);
    expect(bodies()).toHaveLength(4 + done);
  }
  expect(bodies()).toEqual(texts(1, 54));
});

test("of a connection that floods, one is under way at a time, until it has been calm for a second", async () => {
  const clock = manualClock();
  const { routes, release } = heldRoute();
  gateway = await startGateway({ routes, clock });
  const { send, socket } = await gateway.connect();
  inOneChunk(socket, () => {
    for (const text of texts(1, 100)) send(text);
  });
  await gateway.event("$default", 4);
  for (let done = 1; done <= 99; done++) {
    release();
    await gateway.event("$default", Math.max(4, done + 1));
    expect(bodies()).toHaveLength(Math.max(4, done + 1));
  }
  release();
  await clock.advance(1_001);
  for (const text of texts(101, 110)) send(text);
  await gateway.event("$default", 104);
  expect(bodies()).toEqual(texts(1, 104));
});

test("of all connections that flood, one message is under way at a time", async () => {
  const { routes, release } = heldRoute();
  gateway = await startGateway({ routes });
  const floods = [await gateway.connect(), await gateway.connect(), await gateway.connect()];
  for (const { socket, send } of floods)
    inOneChunk(socket, () => {
      for (const text of texts(1, 80)) send(text);
    });
  // Four of each had begun before they were seen to flood.
  await gateway.event("$default", 12);
  for (let done = 1; done <= 12; done++) release();
  await gateway.event("$default", 13);
  for (let nth = 14; nth <= 240; nth++) {
    release();
    await gateway.event("$default", nth);
    expect(bodies()).toHaveLength(nth);
  }
  release();
});

test("whoever sends beside a connection whose messages wait is served at once", async () => {
  const { routes, release } = heldRoute();
  gateway = await startGateway({ routes });
  const [flood, other] = [await gateway.connect(), await gateway.connect()];
  for (const text of texts(1, 20)) flood.send(text);
  await gateway.event("$default", 4);
  other.send("me too");
  await gateway.event("$default", 5);
  expect(bodies()).toEqual([...texts(1, 4), "me too"]);
  // The rest is let through: whoever is not read from is not seen to leave either.
  for (let nth = 6; nth <= 21; nth++) {
    release();
    release();
    await gateway.event("$default", nth);
  }
  for (let left = 0; left < 21; left++) release();
});

test("what a client sent before it left is still dealt with", async () => {
  const { routes, release } = heldRoute();
  gateway = await startGateway({ routes });
  const { send, socket, closed } = await gateway.connect();
  for (const text of texts(1, 20)) send(text);
  socket.close();
  for (let nth = 4; nth < 20; nth++) {
    await gateway.event("$default", nth);
    release();
  }
  await gateway.event("$default", 20);
  await closed;
  expect(bodies().filter((body) => texts(1, 20).includes(body))).toEqual(texts(1, 20));
});

test("what waits of a connection that the backend ends is not dealt with any more", async () => {
  const { routes, release } = heldRoute();
  gateway = await startGateway({ routes });
  const { send, closed } = await gateway.connect();
  for (const text of texts(1, 20)) send(text);
  const { connectionId } = (await gateway.event("$default", 4)).requestContext;
  const path = `/dev/@connections/${encodeURIComponent(connectionId)}`;
  expect(gateway.apis.manage({ method: "DELETE", path, body: Buffer.alloc(0) })).toMatchObject({ status: 204 });
  for (let nth = 1; nth <= 4; nth++) release();
  await closed;
  expect(bodies()).toEqual(texts(1, 4));
});
