import { type Memory, megabytes } from "../memory.ts";
import { type Report, table } from "../report.ts";
import { median, quantile } from "../statistics.ts";
import type { Fuzzed } from "./rounds.ts";

const FAULTS_TOLD = 10;

interface Asked {
  readonly count: number;
  readonly seed: number;
  /** How much more memory than at half time is still flat, in percent. */
  readonly growth: number;
}

/** What a run came to, and whether all of it held. */
export const fuzzReport = (
  { count, seed, growth: bound }: Asked,
  { rounds, memory, served, alive, errors, seconds }: Fuzzed,
): Report => {
  const outcomes: Record<string, number> = {};
  for (const round of rounds)
    for (const [how, times] of Object.entries(round.outcomes)) outcomes[how] = (outcomes[how] ?? 0) + times;
  const faults = rounds.flatMap((round) => round.faults);
  const faultCount = rounds.reduce((sum, round) => sum + round.faultCount, 0);
  const sent = rounds.reduce((sum, round) => sum + round.sent, 0);
  const growth = growthPercent(memory);
  const trip = {
    median: Math.round(median(served.tripMs)),
    p99: Math.round(quantile(served.tripMs, 0.99)),
    most: Math.round(quantile(served.tripMs, 1)),
  };
  return {
    figures: { count, sent, seed, seconds: Math.round(seconds), outcomes, memory, growthPercent: growth, trip },
    lines: [
      `${count} pieces of hostile input, ${sent} frames and requests in all, seed ${seed}, in ${Math.round(seconds)} s`,
      ...table([["outcome", "times"], ...byTimes(outcomes)]),
      `honest clients: ${served.clients}, ${served.messages} messages; to the other one in ${trip.median} ms at the median, ${trip.p99} at the 99th percentile, ${trip.most} at most`,
      `heap after garbage collection, MB, round by round: ${memory.map(({ heapBytes }) => megabytes(heapBytes)).join(" ")}; from half time on ${growth.toFixed(1)} % more`,
      `resident memory of the process, MB: ${memory.map(({ residentBytes }) => megabytes(residentBytes)).join(" ")}`,
      ...faults.slice(0, FAULTS_TOLD).map((fault) => `fault: ${fault}`),
      ...errors.slice(0, FAULTS_TOLD).map((line) => `the runtime said: ${line}`),
    ],
    failures: [
      ...(alive ? [] : ["the runtime has ended"]),
      ...(faultCount > 0 ? [`${faultCount} pieces led to an error inside, or to no answer`] : []),
      ...(errors.length > 0 ? [`the runtime logged ${errors.length} bugs`] : []),
      ...served.failures.map((failure) => `an honest client: ${failure}`),
      ...(served.messages === 0 ? ["the honest clients were not served"] : []),
      ...(growth <= bound ? [] : [`memory grows by ${growth.toFixed(1)} % in the second half, over ${bound}`]),
    ],
  };
};

/** How much more the heap is at the end than at half time: the median of the last three measures against the first three. */
const growthPercent = (memory: readonly Memory[]): number => {
  const heaps = memory.slice(Math.floor(memory.length / 2)).map(({ heapBytes }) => heapBytes);
  return 100 * (median(heaps.slice(-3)) / median(heaps.slice(0, 3)) - 1);
};

const byTimes = (outcomes: Readonly<Record<string, number>>) =>
  Object.entries(outcomes).sort(([, times], [, others]) => others - times);
