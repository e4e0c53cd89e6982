import { appendFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openEventFiles } from "../../../../local/eventbridge/archive/event-files.ts";
import { manualClock } from "../../../support/manual-clock.ts";
import { directory } from "../bus.ts";

const KB = 1024;
const DAY_MS = 24 * 60 * 60 * 1000;

const eventFiles = async (options: { directory?: string; mostBytes?: number; retentionMs?: number } = {}) => {
  const clock = manualClock();
  const folder = options.directory ?? (await directory());
  const files = await openEventFiles({
    mostBytes: KB * KB,
    retentionMs: undefined,
    clock,
    ...options,
    directory: folder,
  });
  onTestFinished(() => files.close().catch(() => {}));
  const sizes = async () =>
    Promise.all((await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size));
  return { ...files, clock, folder, sizes };
};

test("however many events there are, the files stay below their bound, and the newest events are in them", async () => {
  const { append, read, clock, sizes } = await eventFiles({ mostBytes: 160 * KB });
  const text = JSON.stringify("x".repeat(KB));
  for (let number = 0; number < 500; number++) {
    await clock.advance(1);
    await append({ time: number, text });
  }
  expect((await sizes()).reduce((sum, size) => sum + size, 0)).toBeLessThan(180 * KB);
  const times = (await read()).map(({ time }) => time);
  expect(times.length).toBeGreaterThan(100);
  expect(times).toEqual(Array.from({ length: times.length }, (_, place) => 500 - times.length + place));
});

test("a day's events are in a file of their own, which goes when all of them are too old", async () => {
  const { append, clock, folder } = await eventFiles({ retentionMs: 2 * DAY_MS });
  const [first] = await readdir(folder);
  for (let day = 0; day < 5; day++) {
    await append({ time: clock.now(), text: "{}" });
    await clock.advance(DAY_MS + 1);
  }
  await expect.poll(async () => (await readdir(folder)).includes(first!)).toBe(false);
});

test("an event that was being written as the process was killed is left out", async () => {
  const first = await eventFiles();
  await first.append({ time: 1, text: "{}" });
  await first.close();
  const [file] = await readdir(first.folder);
  await appendFile(join(first.folder, file!), '0badf00d ["2",');
  const second = await eventFiles({ directory: first.folder });
  await second.append({ time: 3, text: "{}" });
  expect((await second.read()).map(({ time }) => time)).toEqual([1, 3]);
});

test("a file that was damaged otherwise is named", async () => {
  const { append, read, folder } = await eventFiles();
  await append({ time: 1, text: "{}" });
  const [file] = await readdir(folder);
  await appendFile(join(folder, file!), "damaged\n");
  await expect(read()).rejects.toThrow(`${join(folder, file!)}: line 2 is damaged`);
});
