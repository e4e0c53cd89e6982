import { expect, test } from "vitest";
import type { Environment } from "../../../../bench/model/aws/lambda.ts";
import { worldOf } from "../world-of.ts";

type World = ReturnType<typeof worldOf>;

const small = { name: "small", memoryMb: 128, timeoutMs: 3_000 };
const whole = { name: "whole", memoryMb: 1_769, timeoutMs: 3_000 };

/** How invocations that begin together have ended: "ok", or the error's name. */
const invoked = async (world: World, times: number, handler: (environment: Environment) => Promise<unknown>) => {
  const all = Array.from({ length: times }, () => world.lambda.invoke(whole, handler));
  const answers = await world.time.run(Promise.allSettled(all));
  return answers.map((answer) => (answer.status === "fulfilled" ? "ok" : answer.reason.name));
};

const counts = (names: readonly string[]) =>
  Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));

test("no more than the account's quota run at once, and those above are throttled", async () => {
  const world = worldOf(1);
  const names = await invoked(world, 1_100, () => world.time.wait(2_000));
  expect(counts(names)).toEqual({ ok: 1_000, TooManyRequestsException: 100 });
});

test("without environments the first invocations begin cold, and those that come after them do not", async () => {
  const world = worldOf(1, { isWarm: false });
  const tookMs = async () => {
    const began = world.time.elapsed();
    await invoked(world, 10, async () => {});
    return world.time.elapsed() - began;
  };
  expect(await tookMs()).toBeGreaterThan(200);
  expect(await tookMs()).toBeLessThan(200);
});

test("a function that takes longer than its timeout is ended, and what it still does has no effect", async () => {
  const world = worldOf(1);
  let seen: boolean | undefined;
  const names = await invoked(world, 1, async ({ hasEnded }) => {
    await world.time.wait(4_000);
    seen = hasEnded();
  });
  expect(names).toEqual(["Sandbox.Timedout"]);
  await world.time.run(world.time.wait(2_000));
  expect(seen).toBe(true);
});

test("memory is a share of a processor, which one environment's work takes turns on", async () => {
  const world = worldOf(1);
  const tookMs = (lambda: typeof small, pieces: number) =>
    world.time.run(
      world.lambda.invoke(lambda, async ({ compute }) => {
        const began = world.time.elapsed();
        await Promise.all(Array.from({ length: pieces }, () => compute(10)));
        return world.time.elapsed() - began;
      }),
    );
  expect(await tookMs(whole, 5)).toBeCloseTo(50);
  expect(await tookMs(small, 5)).toBeCloseTo((50 * 1_769) / 128);
});

test("invocations are billed by the time they ran, failed ones too", async () => {
  const world = worldOf(1);
  await invoked(world, 1, () => world.time.wait(99.5));
  await invoked(world, 1, () => world.time.wait(100).then(() => Promise.reject(new Error("failed"))));
  const { lambdaRequests, lambdaGbSeconds } = world.meter.usage();
  expect(lambdaRequests).toBe(2);
  expect(lambdaGbSeconds).toBeCloseTo((2 * 0.1 * 1_769) / 1024);
});
