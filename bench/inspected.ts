import { inspectMemory, type Memory } from "./memory.ts";
import { onRuntime } from "./on-runtime.ts";
import type { startRuntime } from "./runtime-process.ts";

/** A local runtime whose memory can be asked for. */
export interface Inspected {
  readonly runtime: Awaited<ReturnType<typeof startRuntime>>;
  memory(): Promise<Memory>;
}

/**
 * Runs a measurement on a local runtime of its own, with Node's inspector on a free port of the loopback interface.
 * @param hear hears every line that the runtime says
 */
export const onInspectedRuntime = <Result>(
  measure: (inspected: Inspected) => Promise<Result>,
  options: readonly string[],
  hear: (line: string) => void = () => {},
): Promise<Result> => {
  const inspector = Promise.withResolvers<string>();
  return onRuntime(
    (runtime) => measure({ runtime, memory: async () => inspectMemory(await inspector.promise) }),
    options,
    {
      execArgv: ["--inspect=127.0.0.1:0"],
      hear(line) {
        const [, url] = /^Debugger listening on (ws:.*)$/.exec(line) ?? [];
        if (url) inspector.resolve(url);
        hear(line);
      },
    },
  );
};
