import { expect, test } from "vitest";
import { ratesOfReceipts, withRate } from "../../../../console/page/data/rates.ts";
import { running, summary, THEN } from "../fixture/messages.ts";

/** A whole second. */
const START = Math.floor(THEN / 1_000) * 1_000;

const posted = (received: number, delivered: number, durationMs: number) =>
  summary(1, { received, receipt: { recipients: delivered, delivered, gone: 0, failed: 0, throttled: 0, durationMs } });

test("deliveries are spread over the seconds that they took", () => {
  const rates = ratesOfReceipts([posted(START + 500, 300, 1_500)], START + 3_000, 60_000);
  expect(rates).toEqual([
    { at: START + 1_000, rate: 200 },
    { at: START + 2_000, rate: 0 },
  ]);
});

test("messages at the same time add up, and those without a receipt count nothing", () => {
  const messages = [posted(START, 10, 100), posted(START, 5, 100), running(1, { received: START })];
  expect(ratesOfReceipts(messages, START + 1_000, 60_000)).toEqual([{ at: START, rate: 15 }]);
});

test("nothing before the oldest message is told, as nothing is known of it", () => {
  expect(ratesOfReceipts([], START, 60_000)).toEqual([]);
});

test("what is older than the span is forgotten, and time never goes back", () => {
  const rates = [0, 1_000, 2_000, 3_000].map((at) => ({ at, rate: at }));
  expect(withRate(rates, { at: 2_500, rate: 7 }, 2_000)).toEqual([rates[1], rates[2], { at: 2_500, rate: 7 }]);
});
