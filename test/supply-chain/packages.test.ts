import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readLock } from "../../supply-chain/lock.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

const { dependencies, devDependencies, allowScripts } = JSON.parse(read("package.json"));
const wanted: [string, string][] = Object.entries({ ...dependencies, ...devDependencies });
const packages = readLock(new URL("package-lock.json", root));

test("every package that package.json names has an exact version, and that is the one that is locked", () => {
  expect(wanted.length).toBeGreaterThan(0);
  expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  const locked = new Map(packages.map(({ path, version }) => [path, version]));
  expect(wanted.filter(([name, version]) => locked.get(`node_modules/${name}`) !== version)).toEqual([]);
});

test("every package comes from the registry, as the archive with this hash", () => {
  const fromElsewhere = packages.filter(
    ({ resolved }) => resolved && !resolved.startsWith("https://registry.npmjs.org/"),
  );
  expect(fromElsewhere.map(({ path, resolved }) => `${path}: ${resolved}`)).toEqual([]);
  const unhashed = packages.filter(({ integrity, inBundle }) => !inBundle && !integrity?.startsWith("sha512-"));
  expect(unhashed.map(({ path }) => path)).toEqual([]);
});

test("what runs a script when it is installed is allowed to by name, and nothing else is", () => {
  const running = packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
  expect(allowScripts).toEqual(Object.fromEntries(running.map((name) => [name, true])));
  expect(read(".npmrc")).toMatch(/^strict-allow-scripts=true$/m);
});

test("what CI and the referees install of Python has an exact version", () => {
  const files = globSync("{.ci/run,referees/*.ts}", { cwd: fileURLToPath(root) });
  const installs = files.flatMap((file) => read(file).split("\n")).filter((line) => /\bpip\b.*\binstall\b/.test(line));
  expect(installs.length).toBeGreaterThan(0);
  expect(installs.filter((line) => !/[a-z-]+==(\d[\d.]*|\$\{VERSION\})/.test(line))).toEqual([]);
});
