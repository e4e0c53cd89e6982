import { expect, test } from "vitest";
import { createVirtualTime } from "../../../bench/model/virtual-time.ts";

test("what falls due runs in order of time, and of two at once the first that was set runs first", async () => {
  const time = createVirtualTime();
  const seen: string[] = [];
  for (const [ms, name] of [
    [30, "last"],
    [10, "first"],
    [20, "second"],
    [20, "third"],
  ] as const)
    time.after(ms, () => seen.push(`${name} at ${time.elapsed()}`));
  await time.run(time.wait(30));
  expect(seen).toEqual(["first at 10", "second at 20", "third at 20", "last at 30"]);
});

test("thousands of timers run in order", async () => {
  const time = createVirtualTime();
  const seen: number[] = [];
  for (let n = 0; n < 5_000; n++) time.after((n * 7919) % 5_000, () => seen.push(time.elapsed()));
  await time.run(time.wait(5_000));
  expect(seen).toHaveLength(5_000);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
});

test("a timer that was cancelled does not run", async () => {
  const time = createVirtualTime();
  const cancel = time.after(10, () => expect.unreachable());
  time.after(5, cancel);
  await time.run(time.wait(20));
});

test("what goes on by setImmediate goes on in its own moment", async () => {
  const time = createVirtualTime();
  const seen: number[] = [];
  time.after(10, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(time.elapsed());
  });
  await time.run(Promise.all([time.wait(10.5), time.wait(11), time.wait(12)]));
  expect(seen).toEqual([10]);
});

test("time stops with the work, and its outcome is passed on", async () => {
  const time = createVirtualTime();
  time.after(1_000, () => expect.unreachable());
  expect(await time.run(time.wait(10).then(() => "done"))).toBe("done");
  await expect(time.run(time.wait(10).then(() => Promise.reject(new Error("failed"))))).rejects.toThrow("failed");
  expect(time.elapsed()).toBe(20);
});

test("work that waits for what will never happen is an error", async () => {
  await expect(createVirtualTime().run(new Promise(() => {}))).rejects.toThrow(/Nothing is left/);
});
