import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What a running runtime leaves for other commands to find it by. */
export interface Running {
  readonly pid: number;
  /** For example `http://127.0.0.1:3000`. */
  readonly origin: string;
  /** The operator's credentials, made anew at each start. */
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The folder that one runtime keeps its data in: a folder a service, and who is running on it. */
export interface DataFolder {
  /** A service's own folder. */
  of(service: "dynamodb" | "eventbridge" | "sqs" | "cloudformation" | "record"): string;
  /** Tells other commands where the runtime is. Only the user can read it. */
  announce(running: Running): Promise<void>;
  withdraw(): Promise<void>;
}

const OURS = ["dynamodb", "eventbridge", "sqs", "cloudformation", "record"] as const;
const RUNNING = "runtime.json";

/**
 * Prepares the folder: makes it, and empties it of Roomcast's own data, and of nothing else, where it is to be fresh.
 * @throws Error when the folder cannot be written or another runtime is running on it
 */
export const openDataFolder = async (path: string, fresh: boolean): Promise<DataFolder> => {
  const other = await findRunning(path);
  if (other)
    throw new Error(`Roomcast runs on ${path} already (process ${other.pid}, ${other.origin}): stop it first.`);
  try {
    await makeFolder(path);
    for (const folder of OURS) {
      if (fresh) await rm(join(path, folder), { recursive: true, force: true });
      await makeFolder(join(path, folder));
    }
    await rm(join(path, RUNNING), { force: true });
  } catch (error) {
    throw new Error(`The data folder ${path} cannot be written: ${(error as Error).message}`);
  }
  return {
    of: (service) => join(path, service),
    announce: async (running) => {
      // Renamed into place, so that nobody reads half of it.
      const draft = join(path, `${RUNNING}.new`);
      await writeFile(draft, JSON.stringify(running), { mode: 0o600 });
      await rename(draft, join(path, RUNNING));
    },
    withdraw: () => rm(join(path, RUNNING), { force: true }),
  };
};

/** Makes a folder and those above it. Node's own `recursive` never returns where the system refuses with ENOENT. */
const makeFolder = async (path: string): Promise<void> => {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await mkdir(path);
  }
};

/** The runtime that runs on a data folder; undefined when there is none, or it was killed. */
export const findRunning = async (path: string): Promise<Running | undefined> => {
  const text = await readFile(join(path, RUNNING), "utf8").catch(() => "");
  if (text === "") return undefined;
  try {
    const running = JSON.parse(text) as Running;
    // A process number may belong to another program by now; only a runtime answers here.
    const { ok } = await fetch(`${running.origin}/healthz`, { signal: AbortSignal.timeout(2_000) });
    return ok ? running : undefined;
  } catch {
    return undefined;
  }
};
