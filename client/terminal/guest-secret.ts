import { mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { readSecret } from "./options.ts";

interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** New random text of 128 bits or more. */
  readonly newSecret: () => string;
}

/**
 * The secret that makes this machine's user the same guest at each connect: made once, and kept in the operating
 * system's folder for configuration, for its owner's eyes only.
 * @throws Error in one line if it can neither be read nor kept
 */
export const guestSecret = async ({ platform, env, newSecret }: Machine): Promise<string> => {
  const folder = join(configurationFolder(platform, env), "roomcast");
  const file = join(folder, "client-secret");
  try {
    await mkdir(folder, { recursive: true });
    // Of two clients that start at once, one makes the file and both read it.
    await writeFile(file, `${newSecret()}\n`, { mode: 0o600, flag: "wx" }).catch((error) => {
      if (error.code !== "EEXIST") throw error;
    });
    return readSecret((await readFile(file, "utf8")).trim());
  } catch (error) {
    throw new Error(
      `The guest's secret cannot be kept in ${file} (${(error as Error).message}): give one with --client`,
    );
  }
};

const configurationFolder = (platform: NodeJS.Platform, env: Machine["env"]): string => {
  if (platform === "win32") return env.APPDATA ?? join(homedir(), "AppData", "Roaming");
  if (platform === "darwin") return join(homedir(), "Library", "Application Support");
  return env.XDG_CONFIG_HOME || join(homedir(), ".config");
};
