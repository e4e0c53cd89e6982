import { runCommand } from "./command.ts";

/** `npm run redrive` in a process of its own, to its end. */
export const runRedrive = (...args: string[]) => runCommand("redrive", ...args);
