import { onRuntime } from "../on-runtime.ts";
import { WIDE_LIMITS } from "../wide-limits.ts";
import { connectionRows } from "./connection-rows.ts";
import { startCrowd } from "./crowd-process.ts";
import { type Summary, summarize } from "./seen.ts";
import { DATA, PATIENCE_MS } from "./settings.ts";

/** What one room took in a table, and what it took when the table had ten times the rows. */
export interface TenTimesTheRows {
  readonly members: number;
  readonly rows: number;
  readonly before: Summary;
  readonly after: Summary;
}

const ROOM = "measured";
/** The first messages warm up what runs often. */
const WARM_UP = 2;
const MESSAGES = 5;
const ROOM_OF_STRANGERS = 50;

/** The rows are of rooms that nobody publishes to, ten for each member of the room that is measured. */
export const tenTimesTheRows = (members: number): Promise<TenTimesTheRows> =>
  onRuntime(async ({ endpoint, sdk }) => {
    const rows = 11 * members;
    const table = await connectionRows(await sdk());
    const crowd = await startCrowd(
      endpoint,
      Array.from({ length: members + 1 }, () => [ROOM]),
    );
    const rounds = async (count: number) => {
      const seen = [];
      while (seen.length < count)
        seen.push(await crowd.publish({ rooms: [ROOM], data: DATA, patienceMs: PATIENCE_MS }));
      return summarize(seen);
    };
    try {
      await table.addStrangers(0, rows - members, ROOM_OF_STRANGERS);
      await rounds(WARM_UP);
      const before = await rounds(MESSAGES);
      await table.addStrangers(rows - members, 9 * rows, ROOM_OF_STRANGERS);
      await rounds(WARM_UP);
      return { members, rows, before, after: await rounds(MESSAGES) };
    } finally {
      table.close();
      await crowd.stop();
    }
  }, WIDE_LIMITS);
