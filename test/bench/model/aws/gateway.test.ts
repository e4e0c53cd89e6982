import { expect, test } from "vitest";
import { connectionsOf, worldOf } from "../world-of.ts";

const named = (answers: readonly PromiseSettledResult<unknown>[]) =>
  answers.map((answer) => (answer.status === "fulfilled" ? "ok" : answer.reason.name));

test("a post arrives before it is answered", async () => {
  const world = worldOf(1);
  const [connection] = connectionsOf(world);
  await world.time.run(world.gateway.post(connection!));
  const [at] = world.rooms[0]!.arrivals.at;
  expect(at).toBeGreaterThan(0);
  expect(at).toBeLessThan(world.time.elapsed());
});

test("frames and posts share 5,000 at once and 10,000 a second; what is throttled does not arrive", async () => {
  const world = worldOf(7_000);
  for (let frame = 0; frame < 1_000; frame++) void world.gateway.frame();
  const posts = connectionsOf(world).map((connection) => world.gateway.post(connection));
  const names = named(await world.time.run(Promise.allSettled(posts)));
  const throttled = names.filter((name) => name === "LimitExceededException").length;
  expect(throttled).toBeGreaterThan(1_000);
  expect(throttled).toBeLessThan(3_000);
  expect(world.rooms[0]!.arrivals.count()).toBe(7_000 - throttled);
});

test("each connection answers as it is", async () => {
  const behaviours = ["takes", "gone", "refuses"] as const;
  const world = worldOf(3, {
    behaviourOf: (connection) => behaviours[Number.parseInt(connection.slice(2, 15), 36)]!,
  });
  const answers = await world.time.run(Promise.allSettled(connectionsOf(world).map(world.gateway.post)));
  expect(named(answers)).toEqual(["ok", "GoneException", "ForbiddenException"]);
});
