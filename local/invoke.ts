/** One function with one event, as it would run deployed: `npm run invoke -- publish test/events/publish.json`. */
import { parseArgs } from "node:util";
import { systemClock } from "./clock.ts";
import { findRunning } from "./data-folder.ts";
import { invokeCommand, type Target } from "./lambda/invoke-command.ts";
import { functionsAt } from "./lambda/remote.ts";
import { spentOf } from "./lambda/spent.ts";
import { startRuntime } from "./runtime.ts";
import { terminalLog, withoutDebug } from "./terminal-log.ts";

/** A runtime of our own, on a free port, whose log goes beside the response. */
const start = async (data: string): Promise<Target> => {
  const log = withoutDebug(terminalLog((text) => process.stderr.write(text), systemClock));
  const runtime = await startRuntime({ port: 0, data, fresh: false, log });
  return {
    functions: runtime.functions,
    async invoke(functionName, payload) {
      const result = await runtime.invoke({ functionName, payload, principal: { kind: "operator" } });
      return {
        payload: result.payload,
        failed: result.functionError !== undefined,
        ...spentOf(result),
      };
    },
    stop: () => runtime.stop(),
  };
};

/** The runtime that runs on this data, or one for the length of this command. */
const open = async (data: string) => {
  const running = await findRunning(data);
  return running ? functionsAt(running) : start(data);
};

try {
  const { values, positionals } = parseArgs({
    options: { data: { type: "string", default: ".roomcast" } },
    allowPositionals: true,
  });
  process.exitCode = await invokeCommand(positionals, {
    open: () => open(values.data),
    print: (text) => process.stdout.write(text),
    tell: (text) => process.stderr.write(text),
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
