import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDurableMap } from "../../../local/journal/durable-map.ts";

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "journal-"));
  file = join(directory, "map.journal");
});
afterEach(() => rm(directory, { recursive: true }));

/** What a next process finds. */
const reopened = async () => {
  const map = await openDurableMap(file);
  await map.close();
  return Object.fromEntries(map.entries());
};

const filled = async (entries: Record<string, number>) => {
  const map = await openDurableMap<number>(file);
  for (const entry of Object.entries(entries)) await map.set([entry]);
  await map.close();
};

test("what was set is found again and what was deleted is not", async () => {
  const map = await openDurableMap<number>(file);
  await map.set([
    ["a", 1],
    ["b", 2],
  ]);
  await map.set([["a", 3]]);
  await map.delete("b");
  await map.close();
  expect(await reopened()).toEqual({ a: 3 });
});

test("what was set survives kill -9", async () => {
  const module = join(import.meta.dirname, "../../../local/journal/durable-map.ts");
  const script = `
    import { openDurableMap } from ${JSON.stringify(module)};
    const map = await openDurableMap(${JSON.stringify(file)});
    await map.set([["accepted", 1]]);
    process.stdout.write("accepted");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(await reopened()).toEqual({ accepted: 1 });
});

test("calls under way at the same time are written in their order", async () => {
  const map = await openDurableMap<number>(file);
  await Promise.all(
    Array.from({ length: 100 }, (_, n) =>
      map.set([
        [`k${n}`, n],
        ["last", n],
      ]),
    ),
  );
  await map.close();
  const lines = (await readFile(file, "utf8")).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line.slice(9))[1])).toEqual(Array.from({ length: 200 }, (_, n) => n >> 1));
  expect((await reopened()).last).toBe(99);
});

test("a last line that was not finished is dropped, and the next is not glued to it", async () => {
  await filled({ a: 1 });
  await appendFile(file, '0badc0de ["b",');
  const map = await openDurableMap<number>(file);
  await map.set([["c", 3]]);
  await map.close();
  expect(await reopened()).toEqual({ a: 1, c: 3 });
});

test.each(["first", "middle", "last"])(
  "a damaged %s line is an error that names the file and the line",
  async (which) => {
    await filled({ first: 1, middle: 2, last: 3 });
    await writeFile(file, (await readFile(file, "utf8")).replace(`"${which}"`, '"other"'));
    const number = ["first", "middle", "last"].indexOf(which) + 1;
    await expect(openDurableMap(file)).rejects.toThrow(`${file}: line ${number} is damaged`);
  },
);

test("a file that can't be read is an error that names it", async () => {
  await expect(openDurableMap(directory)).rejects.toThrow(`${directory} can't be read`);
});

test("the file stays bounded while much is set and deleted, and loses nothing", async () => {
  const map = await openDurableMap<string>(file, 10_000);
  await map.set([["kept", "x"]]);
  for (let n = 0; n < 1_000; n++) {
    await map.set([[`k${n}`, "y".repeat(100)]]);
    await map.delete(`k${n}`);
  }
  await map.close();
  expect((await stat(file)).size).toBeLessThan(20_000);
  expect(await reopened()).toEqual({ kept: "x" });
});

test("what is set while the file is being compacted is kept", async () => {
  const map = await openDurableMap<number>(file, 200);
  await Promise.all(Array.from({ length: 500 }, (_, n) => map.set([[`k${n}`, n]])));
  await Promise.all(Array.from({ length: 499 }, (_, n) => map.delete(`k${n}`)));
  await map.set([["after", 1]]);
  await map.close();
  expect(await reopened()).toEqual({ k499: 499, after: 1 });
});
