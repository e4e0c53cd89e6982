import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Every import of a value in our code, as `file -> what it imports`; imports of types only are gone by then. */
const importsOf = async () => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: globSync(
      "{infra,functions,local,client,console,redrive,erase,kick,demo,screenshots,bench,referees,verify,supply-chain,docs}/**/*.{ts,tsx}",
      {
        cwd: root,
        exclude: ["**/*.d.ts"],
      },
    ),
    outdir: "unused",
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "preact",
    write: false,
    metafile: true,
  });
  return Object.entries(metafile.inputs).flatMap(([file, { imports }]) => imports.map(({ path }) => ({ file, path })));
};

const imports = await importsOf();

test.each([
  ["the functions import no other folder", /^functions\//, /^(infra|local|client|bench|referees|test)\//],
  [
    "what is pure imports nothing that is not",
    /^functions\/(protocol|contracts)\//,
    /^functions\/(aws|runtime)\/|^@aws/,
  ],
  ["only one folder imports the AWS SDK", /^functions\/(?!aws\/)/, /^@aws-sdk\/|^@smithy\//],
  ["only one file knows Powertools", /^(?!functions\/runtime\/observe\.ts)/, /^@aws-lambda-powertools\//],
  [
    "the CDK app imports nothing of the functions but contracts, and of the page how it is built and what it may",
    /^infra\//,
    /^functions\/(?!contracts\/)|^client\/(?!page\/(build|content-security-policy)\.ts)|^(local|bench)\//,
  ],
  [
    "the local runtime imports nothing but the app's entry and the console's",
    /^local\//,
    /^(?!infra\/app\.ts|console\/server\/main\.ts)(infra|functions|client|console|redrive|bench|referees|verify)\//,
  ],
  ["the app's entry is imported in one place", /^local\/(?!synthesize\.ts)/, /^infra\//],
  ["the console's entry is imported in one place", /^local\/(?!console\/console\.ts)/, /^console\//],
  [
    "the console's server imports of the application contracts, and of its page nothing",
    /^console\/server\//,
    /^functions\/(?!contracts\/)|^(infra|client|bench|referees|test)\/|^console\/page\//,
  ],
  [
    "the console's page imports nothing of ours but types",
    /^console\/page\//,
    /^(infra|functions|local|client|redrive|bench|referees|verify|test)\/|^console\/server\/|^@aws|^node:/,
  ],
  [
    "what verifies a system imports nothing of it, but where a local runtime is found and how a median is taken",
    /^verify\//,
    /^(infra|functions|client|referees|test)\/|^local\/(?!data-folder\.ts)|^bench\/(?!statistics\.ts)/,
  ],
  [
    "what redrives dead letters imports nothing of a system, but where it is found",
    /^redrive\//,
    /^(infra|functions|local|client|console|demo|bench|referees|test)\/|^verify\/(?!(account|stack)\.ts)/,
  ],
  [
    "what kicks imports nothing of a system, but where it is found",
    /^kick\//,
    /^(infra|functions|local|client|console|redrive|erase|demo|bench|referees|test)\/|^verify\/(?!(account|stack)\.ts)/,
  ],
  [
    "what erases imports nothing of a system, but where it is found and what a conditional write says",
    /^erase\//,
    /^functions\/(?!aws\/conditional\.ts)|^(infra|local|client|console|demo|bench|referees|test)\/|^verify\/(?!(account|stack)\.ts)|^redrive\/(?!in-words\.ts)/,
  ],
  [
    "what lists the packages imports nothing of ours, but how the functions are bundled",
    /^supply-chain\//,
    /^infra\/(?!bundles\.ts)|^(functions|local|client|console|redrive|erase|demo|bench|referees|verify|docs|test)\//,
  ],
  [
    "the demo imports the client, and how a runtime is started",
    /^demo\//,
    /^(infra|functions|local|console|redrive|referees|verify|test)\/|^bench\/(?!(on-runtime|runtime-process|turns)\.ts)/,
  ],
  [
    "what takes pictures imports the client, the demo's people, and how a runtime and a browser are started",
    /^screenshots\//,
    /^(infra|functions|local|redrive|erase|kick|referees|verify)\/|^console\/(server|page)\/|^client\/(?!index\.ts)|^test\/(?!support\/browser\.ts)/,
  ],
  [
    "what describes the protocol imports nothing of ours but it",
    /^docs\//,
    /^(infra|local|client|bench|referees|verify|test)\/|^functions\/(?!protocol\/)/,
  ],
  ["the client imports nothing of ours but types", /^client\//, /^(infra|functions|local|bench)\//],
  ["the client does not know its page", /^client\/(?!page\/)/, /^client\/page\//],
  [
    "the chat page imports the client as others do, and otherwise its own",
    /^client\/page\/(?!build\.ts)/,
    /^(?!client\/(page\/|index\.ts)|preact|@preact\/)/,
  ],
])("%s", (_rule, file, path) => {
  const within = imports.filter((found) => file.test(found.file));
  expect(within.length).toBeGreaterThan(0);
  expect(within.filter((found) => path.test(found.path))).toEqual([]);
});
