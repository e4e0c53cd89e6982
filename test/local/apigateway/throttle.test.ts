import { afterEach, expect, test } from "vitest";
import { manualClock } from "../../support/manual-clock.ts";
import { type Gateway, ok, startGateway } from "./gateway.ts";

let gateway: Gateway;
afterEach(() => gateway.stop());

test("a frame over the stage's rate is not run, its sender is told, and the next second's is run", async () => {
  const clock = manualClock();
  const stage = { DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 } };
  gateway = await startGateway({ clock, stage, routes: { say: ok } });
  const { send, next } = await gateway.connect();
  for (let sent = 0; sent < 3; sent++) send({ action: "say" });
  expect(JSON.parse(await next())).toMatchObject({ message: "Too Many Requests" });
  expect(gateway.invocations).toHaveLength(2);
  await clock.advance(1_000);
  send({ action: "say" });
  await gateway.event("say", 3);
});

test("a route's own settings stand before the stage's, and other routes have theirs", async () => {
  const stage = {
    DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 },
    RouteSettings: { busy: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 100 } },
  };
  gateway = await startGateway({ clock: manualClock(), stage, routes: { busy: ok, calm: ok } });
  const { send, next } = await gateway.connect();
  for (let sent = 0; sent < 20; sent++) send({ action: "busy" });
  send({ action: "calm" });
  send({ action: "calm" });
  expect(JSON.parse(await next())).toMatchObject({ message: "Too Many Requests" });
  expect(gateway.invocations.map(({ event }) => event.requestContext.routeKey)).toEqual([
    ...Array(20).fill("busy"),
    "calm",
  ]);
});

test("an upgrade over the rate of $connect is a 429, and nothing is run", async () => {
  const stage = { RouteSettings: { $connect: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 } } };
  gateway = await startGateway({ clock: manualClock(), stage, routes: { $connect: ok } });
  await gateway.connect();
  await expect(gateway.connect()).rejects.toMatchObject({ status: 429 });
  expect(gateway.invocations).toHaveLength(1);
});

test("the account's rate counts frames of all routes, and those of none", async () => {
  gateway = await startGateway({ clock: manualClock(), quotas: { requestBurst: 3 }, routes: { say: ok } });
  const { send, next } = await gateway.connect(); // the first
  send({ action: "nowhere" });
  expect(JSON.parse(await next())).toMatchObject({ message: "Forbidden" });
  send({ action: "say" });
  send({ action: "say" });
  expect(JSON.parse(await next())).toMatchObject({ message: "Too Many Requests" });
});
