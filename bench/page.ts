import { parseArgs } from "node:util";
import { megabytes } from "./memory.ts";
import { count } from "./options.ts";
import { type PageRun, pageRun } from "./page/run.ts";
import type { Tasks } from "./page/trace.ts";
import { type Report, table } from "./report.ts";
import { median, quantile } from "./statistics.ts";

/** What the page has to reach. */
interface Bounds {
  /** Milliseconds from a key press to the next paint, and between two frames. */
  readonly within: number;
  /** Milliseconds until the page can be used, at the median. */
  readonly interactive: number;
  /** Milliseconds that a task of the page may take of a processor: they do not count what else the machine does. */
  readonly cpu: number;
  /** Percent by which the heap may grow. */
  readonly growth: number;
}

/**
 * The chat page in a real browser, by its trace: how long until it can be used, how long a key press waits for its paint
 * while 50 messages a second come, and what its frames and its heap do while 100 a second come, once it has as many as
 * it keeps; then how it scrolls. It clears 2,000 at a time: over 20 seconds or a multiple of that the heap is compared at the same moment
 * between two clearings.
 */
export const page = async (args: string[]): Promise<Report> => {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: "string", default: "60" },
      within: { type: "string", default: "100" },
      interactive: { type: "string", default: "1000" },
      cpu: { type: "string", default: "50" },
      growth: { type: "string", default: "5" },
    },
  });
  const seconds = count("--seconds", values.seconds);
  const bounds = {
    within: count("--within", values.within),
    interactive: count("--interactive", values.interactive),
    cpu: count("--cpu", values.cpu),
    growth: count("--growth", values.growth),
  };
  return pageReport(seconds, bounds, await pageRun(seconds));
};

/** The figures for a person, and what the page has not reached. */
export const pageReport = (seconds: number, bounds: Bounds, run: PageRun): Report => {
  const { openings, typing, flood, scroll, empty } = run;
  const openMs = Math.max(median(openings.first), median(openings.again));
  const key = quantile(typing.keys, 1);
  const frame = Math.max(flood.frames.longestMs, scroll.frames.longestMs);
  const grownPercent = (flood.heapAfter / flood.heapBefore - 1) * 100;
  const spread = (what: string, values: readonly number[]) => [
    what,
    values.length,
    ...[0.5, 0.99, 1].map((share) => quantile(values, share).toFixed(1)),
  ];
  const cpu = Math.max(...[typing, flood, scroll].map(({ tasks }) => tasks.mostCpuMs));
  const spent = ({ longestMs, ofThatCpuMs, mostCpuMs }: Tasks) =>
    [longestMs, ofThatCpuMs, mostCpuMs].map((ms) => ms.toFixed(0));
  return {
    figures: { seconds, ...run, grownPercent },
    lines: [
      ...table([
        ["ms", "times", "median", "p99", "most"],
        spread("navigation to the form of a first visit", openings.first),
        spread("navigation to the messages of a later visit", openings.again),
        spread("key press to paint, 50 messages a second", typing.keys),
      ]),
      ...table([
        ["ms", "longest frame", "longest task", "of that on a processor", "most on a processor"],
        ["100 messages a second", flood.frames.longestMs.toFixed(0), ...spent(flood.tasks)],
        ["scrolling up in a full room", scroll.frames.longestMs.toFixed(0), ...spent(scroll.tasks)],
        ["typing", "", ...spent(typing.tasks)],
        ["an empty page", empty.longestMs.toFixed(0), "", "", ""],
      ]),
      `heap        ${megabytes(flood.heapBefore)} MB before, ${megabytes(flood.heapAfter)} after: ${grownPercent < 0 ? "" : "+"}${grownPercent.toFixed(1)} %`,
    ],
    failures: [
      ...(openMs <= bounds.interactive
        ? []
        : [`the page can be used after ${openMs.toFixed(0)} ms, over ${bounds.interactive}`]),
      ...(key <= bounds.within ? [] : [`a key press waited ${key.toFixed(0)} ms for its paint, over ${bounds.within}`]),
      ...(frame <= bounds.within ? [] : [`a frame took ${frame.toFixed(0)} ms, over ${bounds.within}`]),
      ...(cpu <= bounds.cpu ? [] : [`a task took ${cpu.toFixed(0)} ms of a processor, over ${bounds.cpu}`]),
      ...(grownPercent <= bounds.growth
        ? []
        : [`the heap grew by ${grownPercent.toFixed(1)} %, over ${bounds.growth}`]),
    ],
  };
};
