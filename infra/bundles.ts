import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const functionsDirectory = fileURLToPath(new URL("../functions", import.meta.url));

/**
 * Bundles every function with one call of esbuild: the SDK included, so that what is tested is what runs.
 * @returns the folder that holds `{name}/{name}.mjs`, one folder a function
 */
export const bundleFunctions = (outdir: string): string => {
  const directory = join(outdir, "functions");
  const files = readdirSync(functionsDirectory).filter((file) => file.endsWith(".ts"));
  buildSync({
    entryPoints: files.map((file) => ({ in: join(functionsDirectory, file), out: nameIn(file) })),
    outdir: directory,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node24",
    mainFields: ["module", "main"],
    outExtension: { ".js": ".mjs" },
    // The X-Ray SDK is CommonJS and requires Node's own modules as it loads.
    banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
    logLevel: "warning",
  });
  return directory;
};

const nameIn = (file: string) => join(basename(file, ".ts"), basename(file, ".ts"));
