import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { type Report, table } from "./report.ts";
import { median } from "./statistics.ts";

const run = promisify(execFile);

/** The most a bundle may have, in bytes: what Lambda loads and Node parses at each cold start. */
const MAX_BYTES = 600_000;
const RUNS = 5;

interface Bundle {
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
}

/**
 * Measures the bundles that would be deployed: size of the minified file, and the median time to import it in a fresh
 * process. Size decides; time depends on the machine and is only told.
 */
export const cold = async (): Promise<Report> => {
  const directory = await mkdtemp(join(tmpdir(), "bench-cold-"));
  try {
    const bundles = await synthesize(directory);
    const times = new Map<Bundle, number[]>(bundles.map((bundle) => [bundle, []]));
    // Round by round, so that a slow moment of the machine falls on all of them.
    for (let round = 0; round < RUNS; round++)
      for (const [bundle, found] of times) found.push(await importMs(bundle.file));
    const rows = [...times].map(([{ name, bytes }, found]) => ({ name, bytes, importMs: Math.round(median(found)) }));
    return {
      figures: { runs: RUNS, bundles: rows },
      lines: table([
        ["function", "KB", "import ms"],
        ...rows.map((row) => [row.name, (row.bytes / 1000).toFixed(1), row.importMs]),
      ]),
      failures: rows
        .filter((row) => row.bytes > MAX_BYTES)
        .map((row) => `${row.name} has ${(row.bytes / 1000).toFixed(1)} KB, over ${MAX_BYTES / 1000} KB`),
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

/**
 * Synthesizes the app, and finds the file of each function's code by the template's word for it. CDK has functions of its
 * own there, for deployments, all of them called `index`.
 */
const synthesize = async (directory: string): Promise<Bundle[]> => {
  const app = fileURLToPath(new URL("../infra/app.ts", import.meta.url));
  await run(process.execPath, [app], { env: { ...process.env, CDK_OUTDIR: directory } });
  const templates = (await readdir(directory)).filter((file) => file.endsWith(".template.json"));
  const found = await Promise.all(templates.map((file) => functionsOf(directory, file)));
  return found.flat().sort((a, b) => a.name.localeCompare(b.name));
};

const functionsOf = async (directory: string, template: string): Promise<Bundle[]> => {
  const { Resources } = JSON.parse(await readFile(join(directory, template), "utf8"));
  const functions = Object.values<{ Type: string; Properties: { Handler: string; Code: { S3Key?: string } } }>(
    Resources,
  ).filter(
    ({ Type, Properties }) =>
      Type === "AWS::Lambda::Function" && Properties.Code.S3Key && !Properties.Handler.startsWith("index."),
  );
  return Promise.all(
    functions.map(async ({ Properties: { Handler, Code } }) => {
      const name = Handler.replace(/\.[^.]*$/, "");
      const file = join(directory, `asset.${Code.S3Key?.replace(/\.zip$/, "")}`, `${name}.mjs`);
      return { name, file, bytes: (await stat(file)).size };
    }),
  );
};

/** Milliseconds that the import takes in a process of its own, without Node's own start. */
const importMs = async (file: string): Promise<number> => {
  const url = JSON.stringify(pathToFileURL(file).href);
  const script = `const start = performance.now(); await import(${url}); console.log(performance.now() - start);`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script]);
  return Number(stdout);
};
