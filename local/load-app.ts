import { rm } from "node:fs/promises";
import { readAssembly } from "./cloudformation/assembly.ts";
import { loadStack, type Stack } from "./cloudformation/stack.ts";
import { resourceTypes } from "./resource-types.ts";

/** Where the stack is made: an account and a Region that no one has. */
export const PLACE = { region: "us-east-1", account: "000000000000", partition: "aws" } as const;

/** Writes a cloud assembly to a folder. */
export type Synthesize = (outdir: string) => Promise<void>;

/**
 * Synthesizes the app anew and resolves its template.
 * @param outdir the folder for the cloud assembly
 * @throws TemplateError where the template has what is not run here; Error when the app has not exactly one stack
 */
export const loadApp = async (synthesize: Synthesize, outdir: string): Promise<Stack> => {
  await rm(outdir, { recursive: true, force: true });
  await synthesize(outdir);
  const { stacks } = readAssembly(outdir);
  const [stack, another] = stacks;
  if (!stack || another) throw new Error(`The app has ${stacks.length} stacks: exactly one is run here.`);
  const { stackName, template, assets, directory } = stack;
  return loadStack({ ...PLACE, stackName, template, assets, assemblyDirectory: directory, types: resourceTypes });
};
