import { parseArgs } from "node:util";
import { FANOUT_WIDTH } from "./cost/deployment.ts";
import { type Neighbours, serveNeighbours } from "./model/experiments/neighbours.ts";
import { count } from "./options.ts";
import { type Report, table } from "./report.ts";
import { median } from "./statistics.ts";

/** Small rooms, each with a message of its own, one after the other while the large one is served. */
const SMALL = { small: 10, rooms: 25, everyMs: 60 };
/** A width that asks for more than the account has. */
const TOO_WIDE = 24;

/**
 * What a message to a large room does to small rooms, on the model of AWS: without it, beside it, and beside it where it
 * is served by more children than the account's quotas have room for. Fails where a small room loses its frame, or waits
 * twice as long as alone, beside a large one at the default width.
 */
export const neighbours = async (args: string[]): Promise<Report> => {
  const { values } = parseArgs({
    args,
    options: { large: { type: "string", default: "20000" }, seed: { type: "string", default: "7" } },
  });
  const large = count("--large", values.large);
  const seed = count("--seed", values.seed);
  const alone = await served("alone", { ...SMALL, seed, large: 0 });
  const beside = await served(`beside ${large}, fanoutWidth ${FANOUT_WIDTH}`, { ...SMALL, seed, large });
  const tooWide = await served(`beside ${large}, fanoutWidth ${TOO_WIDE}`, {
    ...SMALL,
    ...{ seed, large, fanoutWidth: TOO_WIDE },
  });
  const rows = [alone, beside, tooWide];
  return {
    figures: { seed, large, rooms: rows },
    lines: [
      `${SMALL.rooms} rooms of ${SMALL.small}, milliseconds to the last member`,
      ...table([
        ["the small rooms", "median", "most", "frames lost", "the large room"],
        ...rows.map((row) => [row.where, row.medianMs, row.mostMs, row.lost, row.largeMs || "-"]),
      ]),
    ],
    failures:
      beside.lost > 0 || beside.mostMs > 2 * alone.mostMs
        ? ["small rooms are not served as well as they are alone"]
        : [],
  };
};

const served = async (where: string, experiment: Neighbours) => {
  const { smallMs, largeMs } = await serveNeighbours(experiment);
  const reached = smallMs.filter((ms) => !Number.isNaN(ms));
  return {
    where,
    medianMs: Math.round(median(reached)),
    mostMs: Math.round(Math.max(...reached)),
    /** Frames that nobody took, and whose senders got no ack. */
    lost: smallMs.length - reached.length,
    largeMs: Math.round(largeMs),
  };
};
