import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { readAssembly } from "../../local/cloudformation/assembly.ts";
import type { LogEntry } from "../../local/log.ts";
import { type RuntimeOptions, startRuntime } from "../../local/runtime.ts";
import { connectMember } from "./member.ts";
import { tableRows } from "./table-rows.ts";

/** Source text that takes the place of a function's bundle, by the function's name; the bundle itself is `real`. */
export type Wrapped = Readonly<Record<string, string>>;

/** A template that a test may change before it runs. */
// biome-ignore lint/suspicious/noExplicitAny: the properties of a resource are of its type's making
export type Template = { Resources: Record<string, { Type: string; Properties: any; DependsOn?: string | string[] }> };

/** The app's cloud assembly, with some functions wrapped so that they fail and with what a test changes in it. */
const assemblyWith = (wrapped: Wrapped, change: (template: Template) => void) => async (outdir: string) => {
  const assembly = inject("assembly");
  // A layer, of 22 MB, that nothing here runs.
  await cp(assembly, outdir, { recursive: true, filter: (source) => !source.endsWith(".zip") });
  const file = join(outdir, "Roomcast-dev.template.json");
  const template = JSON.parse(await readFile(file, "utf8"));
  change(template);
  await writeFile(file, JSON.stringify(template));
  for (const [name, source] of Object.entries(wrapped)) {
    const folder = join(outdir, assetFolderOf(assembly, name));
    await rename(join(folder, `${name}.mjs`), join(folder, `${name}-real.mjs`));
    await writeFile(join(folder, `${name}.mjs`), `import * as real from "./${name}-real.mjs";\n${source}\n`);
  }
};

/** The folder of a function's bundle in the assembly, by the handler that the template gives it. */
const assetFolderOf = (assembly: string, name: string): string => {
  const [stack] = readAssembly(assembly).stacks;
  const functions = Object.values(stack!.template.Resources!) as {
    Properties?: { Handler?: string; Code?: { S3Key: string } };
  }[];
  const { Code } = functions.find(({ Properties }) => Properties?.Handler === `${name}.handler`)!.Properties!;
  return `asset.${Code!.S3Key.replace(".zip", "")}`;
};

/** Roomcast, running in this process on a free port and a data folder of its own. */
export const startRoomcast = async ({
  wrapped = {},
  change = () => {},
  ...options
}: Partial<RuntimeOptions> & { wrapped?: Wrapped; change?: (template: Template) => void } = {}) => {
  const data = await mkdtemp(join(tmpdir(), "roomcast-data-"));
  const logged: LogEntry[] = [];
  const removeData = () => rm(data, { recursive: true, force: true });
  const runtime = await startRuntime({
    port: 0,
    data,
    fresh: false,
    log: (entry) => void logged.push(entry),
    synthesize: assemblyWith(wrapped, change),
    ...options,
  }).catch(async (error) => {
    await removeData();
    throw error;
  });
  const [endpoint = ""] = runtime.webSocketEndpoints;
  /** What an unmodified SDK client of any service is made with, to look in as the operator. */
  const client = { endpoint: runtime.origin, region: "us-east-1", credentials: runtime.operator, maxAttempts: 1 };
  const tables = tableRows(client);

  return {
    ...runtime,
    endpoint,
    /** The folder that it keeps its data in. */
    data,
    client,
    logged,
    connect: (query: Record<string, string> = {}, options?: Parameters<typeof connectMember>[2]) =>
      connectMember(endpoint, query, options),
    rows: tables.rows,
    putRows: tables.putRows,
    stop: async () => {
      tables.close();
      await runtime.stop();
      await removeData();
    },
  };
};
