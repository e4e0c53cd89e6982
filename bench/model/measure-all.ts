import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Served } from "./measure.ts";

/** What is to be measured. */
export interface Job {
  /** Its name. */
  readonly strategy: string;
  readonly members: number;
  readonly seed: number;
  readonly pace: number;
  readonly isWarm: boolean;
}

/** Measures on all processors: each job has its own world, so that nothing depends on what runs beside it. */
export const measureAll = async (jobs: readonly Job[]): Promise<Served[]> => {
  const results: Served[] = [];
  let next = 0;
  const thread = async () => {
    const worker = new Worker(new URL("measuring.ts", import.meta.url));
    try {
      while (next < jobs.length) {
        const index = next++;
        worker.postMessage(jobs[index]);
        // An error of the thread rejects this.
        const [served] = await once(worker, "message");
        results[index] = served;
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, thread));
  return results;
};
