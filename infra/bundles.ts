import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, stop } from "esbuild";
import { buildChatPage, type PageFile } from "../client/page/build.ts";

const functionsDirectory = fileURLToPath(new URL("../functions", import.meta.url));

/** The code of each function, an ES module, by the function's name. */
export type Bundles = ReadonlyMap<string, Uint8Array>;

/** All that is built before the stack is synthesized. */
export interface Built {
  readonly bundles: Bundles;
  readonly chatPage: readonly PageFile[];
}

/** How esbuild is told to bundle the functions: the SDK included, so that what is tested is what runs. */
export const bundling = () =>
  ({
    absWorkingDir: functionsDirectory,
    entryPoints: readdirSync(functionsDirectory).filter((file) => file.endsWith(".ts")),
    outdir: ".",
    write: false,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node24",
    mainFields: ["module", "main"],
    outExtension: { ".js": ".mjs" },
    // What the X-Ray SDK requires of cls-hooked, without its hooks.
    alias: { "cls-hooked/context": "./runtime/process-context.ts" },
    // The X-Ray SDK is CommonJS and requires Node's own modules as it loads.
    banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
    logLevel: "warning",
  }) satisfies BuildOptions & { readonly write: false };

/** Bundles every function with one call of esbuild. */
export const bundleFunctions = async (): Promise<Bundles> => {
  const { outputFiles } = await build(bundling());
  return new Map(outputFiles.map(({ path, contents }) => [basename(path, ".mjs"), contents]));
};

/** Bundles the functions, and builds the chat page. */
export const buildAll = async (): Promise<Built> => {
  const [bundles, chatPage] = await Promise.all([bundleFunctions(), buildChatPage()]);
  // esbuild's process would wait for the next build as long as this one lives, and the local runtime lives long.
  await stop();
  return { bundles, chatPage };
};

/**
 * Writes the bundles where the CDK takes its assets from.
 * @returns the folder that holds `{name}/{name}.mjs`, one folder a function
 */
export const writeBundles = (bundles: Bundles, outdir: string): string => {
  const directory = join(outdir, "functions");
  for (const [name, code] of bundles) {
    mkdirSync(join(directory, name), { recursive: true });
    writeFileSync(join(directory, name, `${name}.mjs`), code);
  }
  return directory;
};
