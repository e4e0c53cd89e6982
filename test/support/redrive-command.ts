import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../../redrive/main.ts", import.meta.url));

/** `npm run redrive` in a process of its own, to its end. */
export const runRedrive = async (...args: string[]) => {
  const child = spawn(process.execPath, [command, ...args]);
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [exitCode] = await once(child, "close");
  const [stdout, stderr] = await said;
  return { exitCode, stdout, stderr };
};
