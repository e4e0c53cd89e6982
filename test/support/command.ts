import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

/** One of the project's commands in a process of its own, to its end. @param folder the one that has its `main.ts` */
export const runCommand = async (folder: string, ...args: string[]) => {
  const main = fileURLToPath(new URL(`../../${folder}/main.ts`, import.meta.url));
  const child = spawn(process.execPath, [main, ...args]);
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [exitCode] = await once(child, "close");
  const [stdout, stderr] = await said;
  return { exitCode, stdout, stderr };
};
