import { afterEach, expect, test } from "vitest";
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

const texts = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => `${first + n}`);

test("four messages of a connection are under way at once, and the others wait in their order", async () => {
  const { routes, release } = heldRoute();
  gateway = await startGateway({ routes });
  const { send } = await gateway.connect();
  for (const text of texts(1, 200)) send(text);
  await gateway.event("$default", 4);
  expect(bodies()).toEqual(texts(1, 4));
  for (let done = 1; done <= 196; done++) {
    release();
    await gateway.event("$default", 4 + done);
    expect(bodies()).toHaveLength(4 + done);
  }
  expect(bodies()).toEqual(texts(1, 200));
});

test("whoever sends beside a connection whose messages wait is served at once", async () => {
  const { routes } = heldRoute();
  gateway = await startGateway({ routes });
  const [flood, other] = [await gateway.connect(), await gateway.connect()];
  for (const text of texts(1, 200)) flood.send(text);
  await gateway.event("$default", 4);
  other.send("me too");
  await gateway.event("$default", 5);
  expect(bodies()).toEqual([...texts(1, 4), "me too"]);
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
