import { expect, test } from "vitest";
import { receiptWithMishaps } from "../../../../bench/model/experiments/receipts.ts";

const RUNS = 100;

test("receipts add up, and say what is true, in 100 runs in which everything goes wrong", async () => {
  let receipts = 0;
  for (let seed = 1; seed <= RUNS; seed++) {
    const { receipt, truth, forgotten, members } = await receiptWithMishaps(seed);
    expect(forgotten, `seed ${seed}, ${members} members`).toBe(0);
    if (!receipt) continue;
    receipts += 1;
    const { recipients, delivered, gone, failed } = receipt;
    expect({ recipients, delivered, gone, failed }, `seed ${seed}, ${members} members`).toEqual(truth);
    expect(recipients).toBe(delivered + gone + failed);
  }
  expect(receipts).toBeGreaterThan(RUNS / 2);
});
