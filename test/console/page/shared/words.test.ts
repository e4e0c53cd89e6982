import { describe, expect, test } from "vitest";
import type { Receipt } from "../../../../console/contract.ts";
import { ago, counted, duration, headline, milliseconds, percent } from "../../../../console/page/shared/words.ts";

const receipt = (parts: Partial<Receipt>): Receipt => ({
  ...{ recipients: 10_000, delivered: 10_000, gone: 0, failed: 0, throttled: 0, durationMs: 1_412 },
  ...parts,
});

describe("a headline", () => {
  test.each<[string, Partial<Receipt>]>([
    ["Delivered to all 10,000 in 1.4 s", {}],
    [
      "Delivered to 9,998 of 10,000 in 1.4 s; 1 was gone, 1 failed, 3 were throttled first",
      { delivered: 9_998, gone: 1, failed: 1, throttled: 3 },
    ],
    ["Delivered to all 10,000 in 1.4 s; 1 was throttled first", { throttled: 1 }],
    ["Delivered to its one recipient in 34 ms", { recipients: 1, delivered: 1, durationMs: 34 }],
    ["Delivered to none of 2 in 34 ms; 2 were gone", { recipients: 2, delivered: 0, gone: 2, durationMs: 34 }],
    ["Posted, and nobody else was in the room", { recipients: 0, delivered: 0 }],
  ])("%s", (words, parts) => {
    expect(headline({ state: "delivered", receipt: receipt(parts) })).toBe(words);
  });

  test("of a message that is still running makes no promise", () => {
    expect(headline({ state: "running" })).toBe("On its way");
  });

  test("of a fan-out that has ended without a receipt says so", () => {
    expect(headline({ state: "failed" })).toBe("The fan-out ended without a receipt");
  });
});

test.each([
  [0, "0 ms"],
  [0.4, "0.4 ms"],
  [12.4, "12 ms"],
  [999, "999 ms"],
  [999.7, "1.0 s"],
  [1_412, "1.4 s"],
  [9_949, "9.9 s"],
  [9_960, "10 s"],
  [59_400, "59 s"],
  [120_000, "2 min"],
  [125_000, "2 min 5 s"],
  [3_720_000, "1 h 2 min"],
])("%d ms last %s", (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test("times that are compared keep their milliseconds", () => {
  expect([milliseconds(1_412), milliseconds(12_345)]).toEqual(["1,412 ms", "12 s"]);
});

test.each([
  [900, "now"],
  [12_000, "12 s ago"],
  [200_000, "3 min ago"],
  [7_300_000, "2 h ago"],
  [200_000_000, "2 d ago"],
])("what was %d ms before is %s", (ms, words) => {
  expect(ago(1_000_000_000 - ms, 1_000_000_000)).toBe(words);
});

test("a share is nothing or all only where it is", () => {
  expect([percent(0, 9), percent(1, 10_000), percent(740, 1_000), percent(9_999, 10_000), percent(9, 9)]).toEqual([
    ...["0%", "<1%", "74%", ">99%", "100%"],
  ]);
});

test("a count agrees with its noun", () => {
  expect([counted(1, "member"), counted(12_000, "member"), counted(2, "delivery", "deliveries")]).toEqual([
    ...["1 member", "12,000 members", "2 deliveries"],
  ]);
});
