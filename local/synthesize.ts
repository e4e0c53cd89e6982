import { readFile } from "node:fs/promises";

const cdkJson = new URL("../cdk.json", import.meta.url);

/**
 * Synthesizes the CDK app in process, with the context of `cdk.json` as the CDK CLI would hand it over.
 * @param outdir the folder that the cloud assembly is written to
 */
export const synthesize = async (outdir: string): Promise<void> => {
  const [{ roomcast }, { context }] = await Promise.all([
    import("../infra/app.ts"),
    readFile(cdkJson, "utf8").then(JSON.parse),
  ]);
  // `cdk synth` and CI check the template against CloudFormation's rules; that takes longer than all the rest here.
  const unchecked = { "@aws-cdk/core:validateAgainstDefaultRules": false };
  roomcast({ outdir, context: { ...context, ...unchecked } }).synth();
};
