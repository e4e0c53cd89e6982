import { expect, test } from "vitest";
import { createQuotas } from "../../../../console/server/overview/quotas.ts";
import { manualClock } from "../../../support/manual-clock.ts";

/** The account's metrics: the test says what is in which minute, of posts and frames and of functions at once. */
const account = () => {
  const clock = manualClock();
  const started = clock.now();
  const minutes = new Map<string, Map<number, number>>();
  const read = createQuotas({
    now: clock.now,
    read: async ({ metric }, from) => new Map([...(minutes.get(metric) ?? [])].filter(([minute]) => minute >= from)),
  });
  return {
    advance: clock.advance,
    put: (metric: string, minute: number, value: number) =>
      minutes.set(metric, new Map(minutes.get(metric)).set(started + minute * 60_000, value)),
    used: async (name: string) => (await read()).find((quota) => quota.name === name)?.used,
  };
};

test("what is used in a second is how much the minute has grown since it was read", async () => {
  const { advance, put, used } = account();
  await advance(10_000);
  put("MessageCount", 0, 700);
  await used("Posts and frames a second");
  await advance(2_000);
  put("MessageCount", 0, 900);
  expect(await used("Posts and frames a second")).toBe(100);
  await advance(2_000);
  expect(await used("Posts and frames a second")).toBe(0);
});

test("what came at the end of one minute and the start of the next counts together", async () => {
  const { advance, put, used } = account();
  await advance(59_000);
  put("MessageCount", 0, 500);
  await used("Posts and frames a second");
  await advance(2_000);
  put("MessageCount", 0, 600);
  put("MessageCount", 1, 60);
  expect(await used("Posts and frames a second")).toBe(80);
});

test("who looks for the first time sees the mean of the last minute and of this one", async () => {
  const { advance, put, used } = account();
  await advance(60_000);
  put("MessageCount", 0, 600);
  expect(await used("Posts and frames a second")).toBe(10);
});

test("of what runs at once the most counts", async () => {
  const { advance, put, used } = account();
  await advance(60_000);
  put("ConcurrentExecutions", 0, 40);
  put("ConcurrentExecutions", 1, 30);
  expect(await used("Functions that run at once")).toBe(40);
});

test("what has no metric yet is not used", async () => {
  expect(await account().used("New connections a second")).toBe(0);
});
