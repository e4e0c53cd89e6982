import { readFile } from "node:fs/promises";
import { roomcast } from "../infra/app.ts";

const cdkJson = new URL("../cdk.json", import.meta.url);

/**
 * Synthesizes the CDK app in process, with the context of `cdk.json` as the CDK CLI would hand it over.
 * @param outdir the folder that the cloud assembly is written to
 * @param given what stands before the context of `cdk.json`, as `--context key=value` does there
 */
export const synthesize = async (outdir: string, given: Readonly<Record<string, string>> = {}): Promise<void> => {
  const { context } = JSON.parse(await readFile(cdkJson, "utf8"));
  // `cdk synth` and CI check the template against CloudFormation's rules; that takes longer than all the rest here.
  const app = await roomcast({ outdir, context: { ...context, ...given }, builtinCloudFormationValidation: false });
  app.synth();
};
