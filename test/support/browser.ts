import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import chromium, { inflate } from "@sparticuz/chromium";
import { type Browser, chromium as launcher } from "playwright-core";

const packaged = join(dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))), "..", "bin");

/**
 * A real Chromium, without a system install: on Linux the one in an npm package, with the shared libraries that it
 * needs and a plain machine lacks; elsewhere the Chrome of the machine, which that package has no build for.
 * @param env what its environment has beside ours
 */
export const launchBrowser = async (env: NodeJS.ProcessEnv = {}): Promise<Browser> => {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
  if (process.platform !== "linux") return launcher.launch({ channel: "chrome", args });
  const executablePath = await chromium.executablePath();
  const libraries = join(await inflate(join(packaged, "al2023.tar.br")), "lib");
  return launcher.launch({ executablePath, args, env: { ...process.env, ...env, LD_LIBRARY_PATH: libraries } });
};
