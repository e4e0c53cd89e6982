/**
 * `npm run cost -- --members 10000 --messages-per-day 50000 [--rooms 1] [--data-bytes 256] [--ping-seconds 120]`: what
 * a month of that costs in us-east-1.
 */
import { costLines, rivalsLines } from "./cost/lines.ts";
import { readWorkload } from "./cost/workload.ts";

try {
  const workload = readWorkload(process.argv.slice(2));
  const write = (lines: readonly string[]) => process.stdout.write(`${lines.join("\n")}\n`);
  write(costLines(workload));
  write(await rivalsLines(workload));
} catch (error) {
  process.stderr.write(`cost: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
