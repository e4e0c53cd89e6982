import { afterAll, beforeAll, expect, test } from "vitest";
import { metricsOf } from "../support/metrics.ts";
import { badDay, goodDay, hotDay } from "./days.ts";

const days: { metrics: ReturnType<typeof metricsOf>; stop(): Promise<void> }[] = [];
beforeAll(async () => {
  for (const day of [goodDay, badDay, hotDay]) {
    const { client, stop } = await day();
    days.push({ metrics: metricsOf(client), stop });
  }
}, 180_000);
afterAll(async () => {
  for (const { metrics, stop } of days) {
    metrics.close();
    await stop();
  }
});

test("each metric that an alarm or the dashboard names is one that is emitted, with these dimensions", async () => {
  const named = await days[0]!.metrics.named();
  expect(named.size).toBeGreaterThan(50);
  const missing = async () => {
    const emitted = await Promise.all(days.map(({ metrics }) => metrics.emitted()));
    return [...named].filter((metric) => !emitted.some((metrics) => metrics.has(metric))).sort();
  };
  await expect.poll(missing, { timeout: 60_000, interval: 500 }).toEqual([]);
}, 90_000);
