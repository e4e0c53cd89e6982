import { parseArgs } from "node:util";
import { type AbuseRun, abuseRun } from "./abuse/run.ts";
import { count } from "./options.ts";
import { type Report, table } from "./report.ts";
import { summarize } from "./rooms/seen.ts";

/**
 * Two rooms under abuse, by floods of frames, forged frames and members that never read, and a third that is to notice
 * nothing, on the local runtime. In each of the two so many send small frames, large ones and forged ones at `--rate` a
 * second, by default twenty times what a connection may, and as many never read. Fails where the third room misses a
 * message, where an abuser gets into it, or where its last member waits more than `--within` times as long as without the
 * abuse, at the median.
 */
export const abuse = async (args: string[]): Promise<Report> => {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: "string", default: "15" },
      abusers: { type: "string", default: "3" },
      rate: { type: "string", default: "200" },
      seed: { type: "string", default: "1" },
      within: { type: "string", default: "3" },
    },
  });
  const seconds = count("--seconds", values.seconds);
  const abusers = count("--abusers", values.abusers);
  const rate = count("--rate", values.rate);
  const seed = count("--seed", values.seed);
  const within = count("--within", values.within);
  return abuseReport({ seconds, abusers, rate, seed, within }, await abuseRun({ seconds, abusers, rate, seed }));
};

interface Asked {
  readonly seconds: number;
  readonly abusers: number;
  readonly rate: number;
  readonly seed: number;
  readonly within: number;
}

/** The figures for a person, and what does not hold. */
export const abuseReport = (asked: Asked, { abused, ...run }: AbuseRun): Report => {
  const alone = summarize([...run.alone, ...run.after]);
  const beside = summarize(run.beside);
  const missing = alone.missing + beside.missing;
  const slower = beside.lastMs.median / alone.lastMs.median;
  const row = (where: string, { ackMs, lastMs, missing }: typeof alone, messages: number) => [
    ...[where, messages, ackMs.median, ackMs.p99],
    ...[lastMs.median, lastMs.p99, lastMs.most, missing],
  ];
  return {
    figures: { ...asked, alone, beside, slower: Number(slower.toFixed(2)), abused },
    lines: [
      ...table([
        ["the third room, ms", "messages", "ack", "p99", "last", "p99", "most", "missing"],
        row("alone, before and after", alone, run.alone.length + run.after.length),
        row("beside two rooms under abuse", beside, run.beside.length),
      ]),
      `the abusers sent ${abused.framesSent} frames: ${abused.acked} were taken, ${abused.rateLimited} refused as too many by Roomcast, ${abused.tooMany} by API Gateway, ${abused.otherAnswers} otherwise`,
      `they were cut ${abused.cut} times and not let in ${abused.refused} times; ${abused.intruded} of their frames got into the third room`,
    ],
    failures: [
      ...(missing > 0 ? [`${missing} deliveries are missing in the third room`] : []),
      ...(abused.intruded > 0 ? [`${abused.intruded} frames of strangers were taken in the third room`] : []),
      ...(abused.framesSent === 0 ? ["there was no abuse"] : []),
      ...(slower <= asked.within
        ? []
        : [`the third room waits ${slower.toFixed(1)} times as long as alone, over ${asked.within}`]),
    ],
  };
};
