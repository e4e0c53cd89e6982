import { expect, test } from "vitest";
import { createRefreshed } from "../../../../console/server/overview/refreshed.ts";
import { manualClock } from "../../../support/manual-clock.ts";

/** Something that is read in a number of milliseconds, and counts how often it was. */
const counter = (takesMs: number) => {
  const clock = manualClock();
  let reads = 0;
  const failures: string[] = [];
  const read = async () => {
    reads += 1;
    const count = reads;
    await new Promise<void>((resolve) => clock.after(takesMs, resolve));
    if (count === 2) throw new Error("no answer");
    return count;
  };
  const failed = ({ message }: Error) => void failures.push(message);
  return { clock, failures, ...createRefreshed({ read, first: 0, everyMs: 2_000, clock, failed }), reads: () => reads };
};

test("the first who asks waits for what is read, and who asks soon after gets the same", async () => {
  const { clock, current, reads } = counter(100);
  const asked = current();
  await clock.advance(100);
  expect([await asked, await current(), reads()]).toEqual([1, 1, 1]);
});

test("who asks waits no longer than a second", async () => {
  const { clock, current } = counter(60_000);
  const asked = current();
  await clock.advance(1_000);
  expect(await asked).toBe(0);
});

test("what takes long is read for a tenth of the time", async () => {
  const { clock, current, reads } = counter(1_000);
  const asked = current();
  await clock.advance(1_000);
  await asked;
  await clock.advance(8_999);
  await current();
  expect(reads()).toBe(1);
  await clock.advance(1);
  await current();
  expect(reads()).toBe(2);
});

test("what cannot be read is as it was, and said", async () => {
  const { clock, current, failures } = counter(100);
  const asked = current();
  await clock.advance(2_000);
  await asked;
  await current();
  await clock.advance(100);
  expect([await current(), failures]).toEqual([1, ["no answer"]]);
});
