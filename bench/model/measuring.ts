/** A thread that measures: it is asked by a `Job`, and answers with what was `Served`. */
import { parentPort } from "node:worker_threads";
import { measure } from "./measure.ts";
import type { Job } from "./measure-all.ts";
import { STRATEGIES } from "./strategies/all.ts";

parentPort?.on("message", async ({ strategy, members, ...options }: Job) => {
  const found = STRATEGIES.find(({ name }) => name === strategy);
  if (!found) throw new Error(`There is no strategy ${strategy}.`);
  parentPort?.postMessage(await measure(found, members, options));
});
