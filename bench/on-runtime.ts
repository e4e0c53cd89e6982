import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OwnProcess, startRuntime } from "./runtime-process.ts";

/** Gives a measurement a directory of its own, and leaves nothing of it. */
export const inDirectory = async <Result>(measure: (directory: string) => Promise<Result>): Promise<Result> => {
  const directory = await mkdtemp(join(tmpdir(), "bench-"));
  try {
    return await measure(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

/**
 * Runs a measurement on a local runtime of its own, which starts with no data and leaves none.
 * @param options further ones of its command line
 */
export const onRuntime = <Result>(
  measure: (runtime: Awaited<ReturnType<typeof startRuntime>>) => Promise<Result>,
  options: readonly string[] = [],
  own: OwnProcess = {},
): Promise<Result> =>
  inDirectory(async (directory) => {
    const runtime = await startRuntime(directory, 0, options, own);
    try {
      return await measure(runtime);
    } finally {
      await runtime.stop();
    }
  });
