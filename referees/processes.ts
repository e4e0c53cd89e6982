import { execFile, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const caches = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "roomcast-referees");

/**
 * A folder that is filled once and kept for later runs.
 * @param name says what is in it, its version included
 * @param fill fills a new folder; when it fails, nothing is kept
 */
export const cached = async (name: string, fill: (folder: string) => Promise<unknown>): Promise<string> => {
  const folder = join(caches, name);
  if (await stat(folder).catch(() => undefined)) return folder;
  await mkdir(caches, { recursive: true });
  const filling = await mkdtemp(`${folder}-`);
  try {
    await fill(filling);
    await rename(filling, folder);
  } catch (error) {
    await rm(filling, { recursive: true, force: true });
    throw error;
  }
  return folder;
};

/** Runs a program to its end. @returns what it printed. @throws Error with what it said, or what is missing to run it */
export const run = async (command: string, args: readonly string[], environment = {}): Promise<string> => {
  const env = { ...process.env, ...environment };
  const { stdout } = await promisify(execFile)(command, args, { env }).catch(
    (error: NodeJS.ErrnoException & { stdout?: string; stderr?: string }) => {
      const said = error.code === "ENOENT" ? "it is not installed" : `${error.stdout ?? ""}${error.stderr ?? ""}`;
      throw new Error(`${command} ${args.join(" ")}: ${said}`);
    },
  );
  return stdout;
};

/** A TCP port on this machine that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  await once(server.close(), "close");
  return typeof address === "object" && address ? address.port : 0;
};

const PATIENCE_MS = 60_000;

/**
 * Starts a server in a process group of its own, so that what it has started itself ends with it.
 * @param url what it answers once it is ready, with whatever status
 * @throws Error with its last words if it ends before, or does not answer for a minute
 */
export const startServer = async (
  command: string,
  args: readonly string[],
  url: string,
  options: SpawnOptions = {},
) => {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let said = "";
  for (const output of [child.stdout, child.stderr])
    output?.on("data", (chunk) => {
      said = (said + chunk).slice(-20_000);
    });
  let ended: string | undefined;
  child.once("error", (error) => {
    ended = error.message;
  });
  child.once("exit", (code, signal) => {
    ended = `it ended with ${signal ?? `code ${code}`}`;
  });
  const end = new Promise((resolve) => child.once("error", resolve).once("exit", resolve));
  const kill = () => {
    if (child.pid && !ended) process.kill(-child.pid, "SIGKILL");
  };
  process.once("exit", kill);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  const stop = async () => {
    kill();
    await end;
  };
  const patience = Date.now() + PATIENCE_MS;
  while (!(await fetch(url).catch(() => undefined))) {
    if (ended || Date.now() > patience) {
      await stop();
      throw new Error(`${command} does not serve ${url}: ${ended}\n${said}`);
    }
    await sleep(100);
  }
  return { stop, said: () => said };
};
