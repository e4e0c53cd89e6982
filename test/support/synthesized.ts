import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { synthesize } from "../../local/synthesize.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of the app's cloud assembly, synthesized once for all tests. */
    assembly: string;
  }
}

export default async ({ provide }: TestProject) => {
  const assembly = await mkdtemp(join(tmpdir(), "roomcast-assembly-"));
  await synthesize(assembly);
  provide("assembly", assembly);
  return () => rm(assembly, { recursive: true, force: true });
};
