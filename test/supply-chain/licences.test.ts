import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isAccepted } from "../../supply-chain/accepted.ts";
import { deployedPaths } from "../../supply-chain/deployed.ts";
import { licencePage } from "../../supply-chain/licence-page.ts";
import { readLock } from "../../supply-chain/lock.ts";

const root = new URL("../../", import.meta.url);
const packages = readLock(new URL("package-lock.json", root));
const deployed = await deployedPaths();

test("docs/licences.md is what npm run licences writes", () => {
  const written = readFileSync(new URL("docs/licences.md", root), "utf8");
  expect(written, "Run npm run licences.").toBe(licencePage(packages, deployed));
});

test("every package is under a licence that is accepted for what it is used for", () => {
  expect(packages.length).toBeGreaterThan(0);
  expect(packages.filter((one) => !isAccepted(one)).map(({ path, licence }) => `${path}: ${licence}`)).toEqual([]);
});

test("a package that is there only to build and test is in no deployed function", () => {
  expect(packages.filter(({ path, dev }) => dev && deployed.has(path)).map(({ path }) => path)).toEqual([]);
  expect(packages.filter(({ path }) => deployed.has(path))).toHaveLength(deployed.size);
});

test.each([
  ["MIT", false, true],
  ["MPL-2.0", true, true],
  ["MPL-2.0", false, false],
  ["(MIT OR GPL-3.0-or-later)", false, true],
  ["GPL-3.0-or-later", true, false],
  ["MIT AND GPL-2.0-only", true, false],
  ["SEE LICENSE IN LICENSE.txt", true, false],
])("%s, only to build and test: %j, is accepted: %j", (licence, dev, accepted) => {
  expect(isAccepted({ licence, dev })).toBe(accepted);
});
