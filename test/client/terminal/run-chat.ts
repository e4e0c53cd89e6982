import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished } from "vitest";

/** An empty folder for the guest's secret, removed when the test is over. */
export const emptyHome = async (): Promise<string> => {
  const home = await mkdtemp(join(tmpdir(), "chat-test-"));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return home;
};

/** Runs the terminal client as a process of its own, with lines in and lines out. */
export const runChat = async (args: readonly string[], home?: string, env: Readonly<Record<string, string>> = {}) => {
  const folder = home ?? (await emptyHome());
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL("../../../client/terminal/main.ts", import.meta.url)), ...args],
    {
      env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, APPDATA: folder, TZ: "UTC", ...env },
    },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  const errors: string[] = [];
  createInterface(child.stdout).on("line", (line) => lines.push(line));
  createInterface(child.stderr).on("line", (line) => errors.push(line));
  const exited = once(child, "close").then(([code]) => code as number);
  return {
    lines,
    errors,
    exited,
    type: (line: string) => child.stdin.write(`${line}\n`),
    endInput: () => child.stdin.end(),
    interrupt: () => child.kill("SIGINT"),
    /** Waits for a line with this text. */
    shows: (text: string) => expect.poll(() => lines.join("\n"), { timeout: 10_000 }).toContain(text),
  };
};
