import { globSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { synthesize } from "../../local/synthesize.ts";
import { templateWith } from "./app-with.ts";
import { CONFIGURED } from "./configured.ts";

/**
 * What a deployment takes of a cloud assembly: each file, by its path there. The CDK's notes on which line of code made
 * a construct hold the calls of whoever synthesized, so they are left out; nothing of them is deployed.
 */
const filesOf = (folder: string): Map<string, string> => {
  const entries = globSync("**", { cwd: folder, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith(".metadata.json"));
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  return new Map(paths.sort().map((path) => [path.slice(folder.length), readFileSync(path, "latin1")]));
};

test("two synths, in different folders, give the same bytes: template, manifests, every bundle", async () => {
  const folder = await mkdtemp(join(tmpdir(), "another-folder-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const outdir = join(folder, "with", "a", "longer", "path");
  await synthesize(outdir);

  const [one, other] = [filesOf(inject("assembly")), filesOf(outdir)];
  expect([...one.keys()].filter((path) => path.endsWith(".mjs")).length).toBeGreaterThan(0);
  expect([...other.keys()]).toEqual([...one.keys()]);
  expect([...one].filter(([path, bytes]) => other.get(path) !== bytes).map(([path]) => path)).toEqual([]);
});

test.each([{}, { accessLogs: "use-account-role" }, { accessLogs: "create-account-role" }, CONFIGURED])(
  "the CDK warns of nothing, with %j",
  (config) => {
    const { messages } = templateWith(config);
    expect(messages.filter(({ level }) => level !== "info")).toEqual([]);
  },
);
