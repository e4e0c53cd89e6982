import { expect, test } from "vitest";
import { backoff } from "../../../client/terminal/connection.ts";

test("the wait before connecting again is random below a limit that doubles up to half a minute", () => {
  const limits = [0, 1, 2, 6, 20, 2000].map((attempt) => backoff(attempt, () => 1));
  expect(limits).toEqual([500, 1_000, 2_000, 30_000, 30_000, 30_000]);
  expect(backoff(6, () => 0)).toBe(0);
  expect(backoff(6, () => 0.5)).toBe(15_000);
});
