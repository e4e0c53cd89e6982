import { parseArgs } from "node:util";
import { type Idle, idleRun } from "./idle/run.ts";
import { megabytes } from "./memory.ts";
import { count } from "./options.ts";
import { type Report, table } from "./report.ts";
import { checkOpenFiles } from "./rooms/open-files.ts";
import { summarize } from "./rooms/seen.ts";

/**
 * Connections that do nothing, on the local runtime: the memory of each. Beside them a room of readers, alone and with a
 * client that never reads. Fails where a reader misses a message, where with that client the readers' wait is more than
 * `--within` percent of their wait alone (less comes from the machine), or where it is not cut.
 */
export const idle = async (args: string[]): Promise<Report> => {
  const { values } = parseArgs({
    args,
    options: { connections: { type: "string", default: "10000" }, within: { type: "string", default: "150" } },
  });
  const connections = count("--connections", values.connections);
  const within = count("--within", values.within);
  checkOpenFiles(connections);
  return idleReport({ within }, await idleRun(connections));
};

/** The figures for a person, and what does not hold. */
export const idleReport = ({ within }: { readonly within: number }, run: Idle): Report => {
  const { connections, connectsPerSecond, before, after, cutMs } = run;
  const perConnection = {
    heapBytes: Math.round((after.heapBytes - before.heapBytes) / connections),
    residentBytes: Math.round((after.residentBytes - before.residentBytes) / connections),
  };
  const alone = summarize(run.alone);
  const beside = summarize(run.beside);
  const missing = alone.missing + beside.missing;
  return {
    figures: { connections, connectsPerSecond, before, after, perConnection, alone, beside, cutMs },
    lines: [
      `${connections} idle connections, ${connectsPerSecond} made a second`,
      `memory      ${megabytes(before.heapBytes)} MB of heap before, ${megabytes(after.heapBytes)} with them: ${perConnection.heapBytes} bytes each, after garbage collection`,
      `resident    ${megabytes(before.residentBytes)} MB before, ${megabytes(after.residentBytes)} with them: ${perConnection.residentBytes} bytes each, functions and tables included`,
      ...table([
        ["a room of 20 readers, ms to the last", "messages", "median", "p99", "most", "missing"],
        ...(
          [
            ["alone", alone, run.alone],
            ["beside one that never reads", beside, run.beside],
          ] as const
        ).map(([where, { lastMs, missing }, rounds]) => [
          where,
          rounds.length,
          lastMs.median,
          lastMs.p99,
          lastMs.most,
          missing,
        ]),
      ]),
      cutMs === undefined ? "it was not cut" : `it was cut ${(cutMs / 1000).toFixed(1)} s after it came`,
    ],
    failures: [
      ...(missing > 0 ? [`${missing} deliveries are missing`] : []),
      ...(beside.lastMs.median > (within / 100) * alone.lastMs.median
        ? [`who reads waits for one that does not: over ${within} % of the time`]
        : []),
      ...(cutMs === undefined ? ["a client that never reads is not cut"] : []),
    ],
  };
};
