import type { Locked } from "./lock.ts";

/** The text of `docs/licences.md`. @param deployed where the packages are of which code is in a deployed function */
export const licencePage = (packages: readonly Locked[], deployed: ReadonlySet<string>): string => {
  const inFunctions = packages.filter(({ path }) => deployed.has(path));
  const here = packages.filter(({ path, dev }) => !dev && !deployed.has(path));
  const dev = packages.filter((one) => one.dev);
  return `# Licences

What Roomcast takes from others by npm, at exactly these versions. Roomcast itself is under the [MIT licence](../LICENSE).
\`npm run licences\` writes this page out of \`package-lock.json\` and the functions' bundles; a test fails where it is not
true any more, or where a package's licence is not one of those that are accepted (\`supply-chain/accepted.ts\`).

## In the deployed functions

Packages of which any code is in a function's bundle. ${countedByLicence(inFunctions)}

${table(inFunctions)}

## In the CDK app, the local runtime and the commands

These run where somebody deploys or tries Roomcast out. ${countedByLicence(here)}

${table(here)}

## Only to build and test

With packages for other operating systems, of which npm installs one. ${countedByLicence(dev)}

${table(dev)}
`;
};

/** The same version may be installed in several places. */
const distinct = (packages: readonly Locked[]): Locked[] =>
  [...new Map(packages.map((one) => [`${one.name} ${one.version}`, one])).values()].sort((one, other) =>
    `${one.name} ${one.version}` < `${other.name} ${other.version}` ? -1 : 1,
  );

const countedByLicence = (packages: readonly Locked[]): string => {
  const byLicence = [...Map.groupBy(distinct(packages), ({ licence }) => licence)];
  const counts = byLicence.sort(
    ([one, some], [other, others]) => others.length - some.length || (one < other ? -1 : 1),
  );
  return `${counts.map(([licence, { length }]) => `${licence}: ${length}`).join(", ")}.`;
};

const table = (packages: readonly Locked[]): string =>
  [
    "| package | version | licence |",
    "|---|---|---|",
    ...distinct(packages).map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
  ].join("\n");
