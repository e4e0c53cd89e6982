import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Clock, sleep } from "../clock.ts";
import type { Log } from "../log.ts";

/** What the server's process says to its parent, once. */
export type ServerMessage =
  | { readonly port: number }
  | { readonly failed: { readonly code: string; readonly reason: string } };

interface Needs {
  /** Where the data lies; made if missing. In memory without it. */
  readonly directory?: string;
  /** For the ARNs that it answers. */
  readonly region: string;
  readonly account: string;
  readonly clock: Clock;
  readonly log: Log;
}

export interface EmbeddedServer {
  /** Where it listens, for example `http://127.0.0.1:40123`. */
  readonly endpoint: string;
  /** Writes what is under way and ends the process. */
  stop(): Promise<void>;
}

/** How long a folder may still be held by the process before us, which ends by itself when its owner was killed. */
const LOCK_WAIT = { tries: 10, ms: 500 };
/** LevelDB closes within milliseconds; after this long the process is ended by force. */
const STOP_MS = 10_000;

/**
 * Starts dynalite, on disk or in memory, in a process of its own: in one process with the rest it would take its turns on the same
 * thread, and be several times slower. The process is never restarted: what a table held in its last moment would
 * be in doubt, so its end is logged, and calls fail from then on.
 * @throws Error with one line that names the folder, if it cannot be written, is in use or is damaged
 */
export const startEmbeddedServer = async (needs: Needs): Promise<EmbeddedServer> => {
  const { directory = "" } = needs;
  if (directory)
    await mkdir(directory, { recursive: true }).catch((error: Error) => {
      throw new Error(`The tables' folder ${directory} cannot be made: ${error.message}`);
    });
  for (let tries = 1; ; tries++) {
    const server = forkServer(needs);
    const message = await server.firstMessage;
    if ("port" in message) return { endpoint: `http://127.0.0.1:${message.port}`, stop: server.stop };
    await server.stop();
    if (message.failed.code !== "LEVEL_LOCKED" || tries === LOCK_WAIT.tries) throw refusal(directory, message.failed);
    await sleep(needs.clock, LOCK_WAIT.ms);
  }
};

const forkServer = ({ directory = "", region, account, clock, log }: Needs) => {
  const child = fork(fileURLToPath(new URL("embedded-server-process.ts", import.meta.url)), [directory], {
    // Options given to our own process (a debugger's port, a test runner's loader) are not for this one.
    execArgv: [],
    env: { ...process.env, AWS_REGION: region, AWS_ACCOUNT_ID: account },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const say = (message: string) => log({ level: "error", from: "dynamodb", message });
  if (child.stderr) createInterface(child.stderr).on("line", say);
  const state = { serving: false, reason: "" };
  const exited = once(child, "exit").then(([code, signal]) => {
    state.reason ||= `its process ended with ${signal ?? `code ${code}`}`;
    if (state.serving) say(`The embedded DynamoDB has failed: ${state.reason}. Every call fails until the next start`);
  });
  const said = new Promise<ServerMessage>((resolve) => {
    child.on("message", (message: ServerMessage) => {
      if ("failed" in message) state.reason = message.failed.reason;
      else state.serving = true;
      resolve(message);
    });
  });
  return {
    firstMessage: Promise.race([said, exited.then(() => ({ failed: { code: "exit", reason: state.reason } }))]),
    stop: async () => {
      state.serving = false;
      if (child.connected) child.disconnect();
      const cancel = clock.after(STOP_MS, () => child.kill("SIGKILL"));
      await exited;
      cancel();
    },
  };
};

const refusal = (directory: string, { code, reason }: { code: string; reason: string }): Error => {
  if (code === "LEVEL_LOCKED") return new Error(`The tables' folder ${directory} is in use by another process`);
  if (code === "LEVEL_IO_ERROR")
    return new Error(`The tables' folder ${directory} cannot be read or written: ${reason}`);
  return new Error(`The tables in ${directory} are damaged (${reason}): start with --fresh for empty ones`);
};
