import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { findRunning } from "../../local/data-folder.ts";

const main = fileURLToPath(new URL("../../local/main.ts", import.meta.url));

/** `npm start` in a process of its own, which a test may kill. */
export interface RoomcastProcess {
  /** Where clients connect. */
  readonly endpoint: string;
  /** What an unmodified SDK client is made with, to look in as the operator. */
  readonly client: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  /** `kill -9`, and waits until it is gone. */
  kill(): Promise<void>;
  /** Ctrl-C. @returns the exit code */
  interrupt(): Promise<number | null>;
}

/** A data folder for processes one after another; ended with the one that runs. */
export const createProcesses = async () => {
  const data = await mkdtemp(join(tmpdir(), "roomcast-process-"));
  let child: ReturnType<typeof spawn> | undefined;

  const end = async (signal: "SIGKILL" | "SIGINT") => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exited = once(child, "exit");
    child.kill(signal);
    const [code] = await exited;
    return code as number | null;
  };

  return {
    /** Starts on a free port, and waits until it is ready. */
    start: async (): Promise<RoomcastProcess> => {
      child = spawn(process.execPath, [main, "--port", "0", "--data", data, "--json"], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const endpoint = await new Promise<string>((resolve, reject) => {
        child!.once("exit", (code) => reject(new Error(`npm start ended with ${code} before it was ready.`)));
        createInterface(child!.stdout!).on("line", (line) => {
          const { message, details } = JSON.parse(line);
          if (message === "ready") resolve(details.webSocketEndpoint);
        });
      });
      const { origin, accessKeyId, secretAccessKey } = (await findRunning(data))!;
      return {
        endpoint,
        client: { endpoint: origin, region: "us-east-1", credentials: { accessKeyId, secretAccessKey } },
        kill: async () => void (await end("SIGKILL")),
        interrupt: () => end("SIGINT"),
      };
    },
    end: async () => {
      await end("SIGKILL");
      await rm(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
