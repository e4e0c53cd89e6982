import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./processes.ts";

const emulatedApp = fileURLToPath(new URL("emulated-app.ts", import.meta.url));

/** Deploys with the CDK CLI as a user does, into the emulator. @param folder for the cloud assemblies and the outputs */
export const createDeployment = (folder: string, environment: Record<string, string>) => {
  const cdk = (name: string, ...args: string[]) =>
    run("cdk", [...args, "--no-notices", "--output", join(folder, name)], environment);
  const outputs = join(folder, "outputs.json");
  return {
    bootstrap: () => cdk("bootstrap", "bootstrap"),
    deployUnchanged: () => cdk("unchanged", "deploy", "--require-approval", "never"),
    /** @param options of `emulated-app.ts` */
    deployEmulated: (...options: string[]) => {
      const app = ["node", emulatedApp, ...options].join(" ");
      return cdk("emulated", "deploy", "--app", app, "--require-approval", "never", "--outputs-file", outputs);
    },
    /** The host in one of the stack's outputs. @throws Error when nothing is deployed */
    hostOf: async (output: string): Promise<string> => {
      const written = await readFile(outputs, "utf8").catch(() => {
        throw new Error("No stack is deployed that could be tried.");
      });
      const [stack] = Object.values<Record<string, string>>(JSON.parse(written));
      return new URL(stack?.[output] ?? "").hostname;
    },
  };
};
