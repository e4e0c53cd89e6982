import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { roomcast } from "../../infra/app.ts";

const cdkJson = new URL("../../cdk.json", import.meta.url);

/**
 * Synthesizes the app with this configuration beside that of `cdk.json`, as `--context` would give it: for
 * `startRoomcast({ synthesize })`.
 */
export const configured =
  (configuration: Readonly<Record<string, string | number>>) =>
  async (outdir: string): Promise<void> => {
    const { context } = JSON.parse(await readFile(cdkJson, "utf8"));
    const app = await roomcast({
      outdir,
      context: { ...context, ...configuration },
      builtinCloudFormationValidation: false,
    });
    app.synth();
    await writeFile(join(outdir, "Roomcast-dev.template.json"), await runnable(outdir));
  };

/** The template without the one variable of its access log that the local runtime does not keep, and says so. */
const runnable = async (outdir: string): Promise<string> => {
  const template = await readFile(join(outdir, "Roomcast-dev.template.json"), "utf8");
  return template.replace("$context.integrationErrorMessage", "-");
};
