import { parseArgs } from "node:util";
import { fuzzReport } from "./fuzz/report.ts";
import { fuzzInRounds } from "./fuzz/rounds.ts";
import { count } from "./options.ts";
import type { Report } from "./report.ts";

/**
 * Hostile input at the socket, at `@connections`, at the AWS endpoints and at the HTTP server below them, drawn by seed,
 * beside honest clients that each have a message in flight all the time. Fails where the runtime crashes, an input leads
 * to an error inside or to no answer, an honest client is not served, or its memory after garbage collection grows by
 * more than `--growth` percent over the second half. The memory fills with the lines of
 * logs and the points of metrics, both bounded, for some hundred thousand pieces: a shorter run needs a wider bound.
 */
export const fuzz = async (args: string[]): Promise<Report> => {
  const { values } = parseArgs({
    args,
    options: {
      count: { type: "string", default: "1000000" },
      seed: { type: "string", default: "1" },
      growth: { type: "string", default: "5" },
    },
  });
  const pieces = count("--count", values.count);
  const seed = count("--seed", values.seed);
  const growth = count("--growth", values.growth);
  return fuzzReport(
    { count: pieces, seed, growth },
    await fuzzInRounds(pieces, seed, (line) => process.stderr.write(`${line}\n`)),
  );
};
