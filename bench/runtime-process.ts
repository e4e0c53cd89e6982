import { execFile, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { findRunning } from "../local/data-folder.ts";

/** What a client of an AWS service is made with, to call the runtime as its operator. */
export interface Sdk {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** How a runtime's process differs from the one that starts it. */
export interface OwnProcess extends Pick<SpawnOptions, "env" | "detached"> {
  /** Options of Node's own. */
  readonly execArgv?: readonly string[];
  /** Hears every line that it says. */
  hear?(line: string): void;
}

/**
 * Starts the local runtime with its data in `directory`, and waits until it is ready.
 * @param port 0 takes a free one
 * @param options further ones of its command line
 */
export const startRuntime = async (
  directory: string,
  port = 0,
  options: readonly string[] = [],
  { hear = () => {}, execArgv = [], ...own }: OwnProcess = {},
) => {
  const main = fileURLToPath(new URL("../local/main.ts", import.meta.url));
  const started = performance.now();
  const line = [...execArgv, main, "--port", String(port), "--data", directory, "--json", ...options];
  const child = spawn(process.execPath, line, { ...own, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "exit");
  // The last lines say why a start has failed. Both outputs are read to the end, or the runtime would stand still.
  const said: string[] = [];
  const endpoint = await new Promise<string>((resolve, reject) => {
    for (const output of [child.stdout, child.stderr])
      createInterface(output).on("line", (line) => {
        hear(line);
        said.push(line);
        if (said.length > 5) said.shift();
        const ready = endpointIn(line);
        if (ready) resolve(ready);
      });
    child.once("exit", () => reject(new Error(`The runtime has not started:\n${said.join("\n")}`)));
  });
  return {
    endpoint,
    sdk: () => sdkOf(directory),
    readyMs: Math.round(performance.now() - started),
    memoryBytes: () => memoryOf(child.pid ?? 0),
    /** Resolves when the process has ended, however it did. */
    ended: ended.then(() => {}),
    stop: async () => {
      child.kill("SIGINT");
      await ended;
    },
  };
};

const sdkOf = async (directory: string): Promise<Sdk> => {
  const running = await findRunning(directory);
  if (!running) throw new Error(`No runtime runs on ${directory}`);
  const { origin, accessKeyId, secretAccessKey } = running;
  return { endpoint: origin, region: "us-east-1", credentials: { accessKeyId, secretAccessKey } };
};

const endpointIn = (line: string): string | undefined => {
  if (!line.startsWith("{")) return undefined;
  const { message, details } = JSON.parse(line);
  return message === "ready" ? details.webSocketEndpoint : undefined;
};

/** Resident memory of a process and of those it has started, in bytes. */
const memoryOf = async (pid: number): Promise<number> => {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,rss="]);
  const processes = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  return processes
    .filter(([own, parent]) => own === pid || parent === pid)
    .reduce((sum, [, , kilobytes = 0]) => sum + kilobytes * 1024, 0);
};
