import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LogEntry } from "../../../local/log.ts";
import { createRunRecord } from "../../../local/record/create-record.ts";
import type { RecordEntry, RunRecord } from "../../../local/record/record.ts";
import { manualClock } from "../../support/manual-clock.ts";

let directory: string;
let warnings: string[];
const opened: RunRecord[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "record-"));
  warnings = [];
});
afterEach(async () => {
  for (const record of opened.splice(0)) await record.stop();
  await rm(directory, { recursive: true });
});

const open = async (capacityBytes?: number) => {
  const clock = manualClock();
  const log = ({ message }: LogEntry) => void warnings.push(message);
  const record = await createRunRecord({ directory, clock, log, ...(capacityBytes && { capacityBytes }) });
  opened.push(record);
  return { record, clock };
};

const line = (body: string, source = "/aws/lambda/one") =>
  ({ at: 1_700_000_000_000, kind: "log", source, body }) as const;
const bodies = (entries: readonly RecordEntry[]) => entries.map(({ body }) => body);

const filesOnDisk = async () => {
  const sizes = await Promise.all(
    (await readdir(directory)).map(async (file) => {
      const found = await stat(join(directory, file)).catch(() => undefined);
      return { file, size: found?.size ?? 0 };
    }),
  );
  return { names: sizes.map(({ file }) => file), bytes: sizes.reduce((sum, { size }) => sum + size, 0) };
};

test("an entry is found by each of its keys, once, and by no other", async () => {
  const { record } = await open();
  record.write(line("a"), ["message-1", "request-1"]);
  record.write(line("b"), ["request-1"]);
  expect(bodies(await record.find(["request-1", "message-1"]))).toEqual(["a", "b"]);
  expect(bodies(await record.find(["message-1"]))).toEqual(["a"]);
  expect(await record.find(["message"])).toEqual([]);
});

test("an entry comes back as it was written", async () => {
  const { record } = await open();
  record.write(line('{"text":"Zoë 🎈"}'), ["1"]);
  record.write({ ...line("b"), stream: "one" }, ["1"]);
  expect(await record.find(["1"])).toEqual([
    { id: 1, ...line('{"text":"Zoë 🎈"}') },
    { id: 2, ...line("b"), stream: "one" },
  ]);
});

test("only the kinds that are asked for are found", async () => {
  const { record } = await open();
  record.write(line("a line"), ["1"]);
  record.write({ ...line("an event"), kind: "event" }, ["1"]);
  record.write({ ...line("an execution"), kind: "execution" }, ["1"]);
  expect(bodies(await record.find(["1"], ["execution", "event"]))).toEqual(["an event", "an execution"]);
});

test("the latest of a kind come newest first, of all sources or of one", async () => {
  const { record } = await open();
  for (const body of ["a", "b", "c"]) record.write(line(body), []);
  record.write(line("d", "/aws/lambda/other"), []);
  record.write({ ...line("an event"), kind: "event" }, []);
  expect(bodies(await record.latest("log", 3))).toEqual(["d", "c", "b"]);
  expect(bodies(await record.latest("log", 3, "/aws/lambda/one"))).toEqual(["c", "b", "a"]);
});

test("a listener hears the entries of its kind in their order, with their keys, and not within the write", async () => {
  const { record, clock } = await open();
  const heard: unknown[] = [];
  const end = record.listen("log", ({ id, body }, keys) => heard.push([id, body, ...keys]));
  record.write(line("a"), ["1"]);
  record.write({ ...line("an event"), kind: "event" }, []);
  record.write(line("b"), ["2"]);
  expect(heard).toEqual([]);
  await clock.advance(1_000);
  expect(heard).toEqual([
    [1, "a", "1"],
    [3, "b", "2"],
  ]);
  end();
  record.write(line("c"), []);
  await record.find([]);
  expect(heard).toHaveLength(2);
});

test("what was recorded is there after a restart, and ids go on", async () => {
  const first = await open();
  first.record.write(line("before"), ["1"]);
  await first.record.stop();
  const { record } = await open();
  record.write(line("after"), ["1"]);
  expect((await record.find(["1"])).map(({ id, body }) => [id, body])).toEqual([
    [1, "before"],
    [2, "after"],
  ]);
});

test.each([
  ["small entries", 400, 20_000],
  ["large entries", 90_000, 400],
  ["entries of all sizes", 0, 4_000],
])(
  "however much is written, of %s, there is never more on disk than the record may have",
  async (_what, size, count) => {
    const capacity = 10_000_000;
    const { record } = await open(capacity);
    let most = 0;
    for (let n = 1; n <= count; n++) {
      record.write(line("x".repeat(size || (n * 7_919) % 30_000)), [`message-${n}`, `request-${n % 17}`]);
      if (n % (count / 20) === 0) {
        const asked = record.bytes();
        let answered = false;
        void asked.then(() => {
          answered = true;
        });
        while (!answered) {
          most = Math.max(most, (await filesOnDisk()).bytes);
          await turn();
        }
        expect(await asked).toBe((await filesOnDisk()).bytes);
      }
    }
    expect(most).toBeLessThanOrEqual(capacity);
    expect(most).toBeGreaterThan(capacity / 2);
    expect(await record.find([`message-${count}`])).toHaveLength(1);
    expect(await record.find(["message-1"])).toEqual([]);
    expect(warnings).toEqual([]);
  },
);

test("of what comes faster than it can be written the oldest goes, and how much is said once", async () => {
  const { record } = await open();
  for (let n = 1; n <= 20; n++) record.write(line("x".repeat(1024 * 1024)), [`message-${n}`]);
  expect(await record.find(["message-5"])).toEqual([]);
  expect(await record.find(["message-6"])).toHaveLength(1);
  expect(warnings).toEqual([expect.stringMatching(/^5 entries are not in the record: they came faster/)]);
});

test("an entry that is too large for the record is left out, and that is said", async () => {
  const { record } = await open(10_000_000);
  record.write(line("x".repeat(200_000)), ["large"]);
  record.write(line("small"), ["small"]);
  expect(bodies(await record.find(["large", "small"]))).toEqual(["small"]);
  expect(warnings).toEqual([
    expect.stringContaining("1 entries are not in the record: it was larger than 100000 bytes"),
  ]);
});

test.each([
  ["that is no database", "this is no database, although it is long enough to be one".repeat(20)],
  ["of another version", undefined],
])("a file %s is set aside with a warning, and the rest is there", async (_what, text) => {
  const first = await open();
  first.record.write(line("kept"), ["1"]);
  await first.record.stop();
  const damaged = join(directory, "000000000000000.sqlite");
  if (text) await writeFile(damaged, text);
  else anotherVersion(damaged);
  const { record } = await open();
  record.write(line("new"), ["1"]);
  expect(bodies(await record.find(["1"]))).toEqual(["kept", "new"]);
  expect(warnings).toEqual([expect.stringContaining(`${damaged} cannot be read`)]);
  expect((await filesOnDisk()).names).toContain("damaged.sqlite");
});

test("a file that turns out to be damaged only when it is searched is set aside then", async () => {
  const first = await open();
  for (let n = 1; n <= 2_000; n++) first.record.write(line("x".repeat(500)), [`message-${n}`]);
  await first.record.stop();
  const [file = ""] = (await filesOnDisk()).names;
  await overwriteFrom(join(directory, file), 40_960);
  const { record } = await open();
  await record.find(Array.from({ length: 2_000 }, (_, n) => `message-${n + 1}`));
  record.write(line("new"), ["1"]);
  expect(bodies(await record.find(["1"]))).toEqual(["new"]);
  expect(warnings).toEqual([expect.stringContaining("cannot be read")]);
});

/** A record of a version to come. */
const anotherVersion = (file: string) => {
  const database = new DatabaseSync(file);
  database.exec("PRAGMA user_version = 99");
  database.close();
};

/** Leaves the beginning of a file, and noise after it. */
const overwriteFrom = async (file: string, start: number) => {
  const bytes = await readFile(file);
  await writeFile(file, bytes.fill(0xa5, start));
};
