import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRuntime } from "./runtime-process.ts";

/** Runs a measurement on a local runtime of its own, which starts with no data and leaves none. */
export const onRuntime = async <Result>(
  measure: (runtime: Awaited<ReturnType<typeof startRuntime>>) => Promise<Result>,
): Promise<Result> => {
  const directory = await mkdtemp(join(tmpdir(), "bench-"));
  try {
    const runtime = await startRuntime(directory);
    try {
      return await measure(runtime);
    } finally {
      await runtime.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
