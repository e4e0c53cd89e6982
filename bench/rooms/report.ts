import { payloadLimit } from "../../local/stepfunctions/asl/payload.ts";
import { type Report, table } from "../report.ts";
import type { LargestState } from "./largest-state.ts";
import type { ManyRooms } from "./many-rooms.ts";
import { type OneRoom, timesPlain } from "./one-room.ts";
import type { Spread, Summary } from "./seen.ts";
import type { TenTimesTheRows } from "./ten-times-the-rows.ts";

/** What `npm run bench -- rooms` measures. */
export interface RoomsSeen {
  readonly oneRoom: OneRoom;
  readonly manyRooms: ManyRooms;
  readonly tenTimesTheRows: TenTimesTheRows;
  readonly largestState: LargestState;
}

/** The figures for a person, and what was not reached. */
export const roomsReport = (seen: RoomsSeen): Report => {
  const { oneRoom, manyRooms, tenTimesTheRows, largestState } = seen;
  const { large, small } = manyRooms;
  const times = timesPlain(oneRoom);
  const rows: [string, Summary][] = [
    [`1 room of ${oneRoom.members}`, oneRoom.seen],
    [`${large.rooms} rooms of ${large.members}`, manyRooms.largeAlone],
    [`${small.rooms} rooms of ${small.members}`, manyRooms.smallAlone],
    [`${large.rooms} of ${large.members}, beside the small`, manyRooms.largeBeside],
    [`${small.rooms} of ${small.members}, beside the large`, manyRooms.smallBeside],
    [`1 of ${tenTimesTheRows.members} among ${tenTimesTheRows.rows} rows`, tenTimesTheRows.before],
    [`1 of ${tenTimesTheRows.members} among ${10 * tenTimesTheRows.rows} rows`, tenTimesTheRows.after],
  ];
  const missing = rows.reduce((sum, [, summary]) => sum + summary.missing, largestState.missing);
  return {
    figures: { ...seen, timesPlain: times },
    lines: [
      ...table([
        ["ms: median / p99 / most", "first", "median", "last", "delivered", "a second"],
        ...rows.map(([name, summary]) => [
          name,
          ...[summary.firstMs, summary.medianMs, summary.lastMs].map(spreadText),
          summary.deliveries,
          summary.deliveriesPerSecond,
        ]),
      ]),
      `connected      ${oneRoom.connectsPerSecond} a second into one room, ${manyRooms.connectsPerSecond} into two each`,
      `memory         ${megabytes(oneRoom.memoryBytes)} with one room, ${megabytes(manyRooms.memoryBytes)} with many: the runtime and what it has started`,
      `one room       ${oneRoom.deliveriesPerSecond.join(", ")} deliveries a second, message by message`,
      `plain SDK      ${oneRoom.plain.oneByOne} posts a second one after another, ${oneRoom.plain.fortyAtOnce} with 40 at once`,
      `ours to plain  ${times.oneByOne.toFixed(2)} times and ${times.fortyAtOnce.toFixed(2)} times`,
      `10 × the rows  ${(tenTimesTheRows.after.lastMs.median / tenTimesTheRows.before.lastMs.median).toFixed(2)} times as long to the last`,
      `largest state  ${largestState.bytes} bytes (${largestState.where}), over ${largestState.members} members`,
    ],
    failures: [
      ...(missing > 0 ? [`${missing} deliveries are missing`] : []),
      ...(largestState.bytes > payloadLimit ? [`a state held ${largestState.bytes} bytes, over ${payloadLimit}`] : []),
    ],
  };
};

const spreadText = ({ median, p99, most }: Spread) => `${median} / ${p99} / ${most}`;
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
