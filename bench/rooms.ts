import { parseArgs } from "node:util";
import { count } from "./options.ts";
import type { Report } from "./report.ts";
import { largestState } from "./rooms/largest-state.ts";
import { manyRooms } from "./rooms/many-rooms.ts";
import { oneRoom } from "./rooms/one-room.ts";
import { checkOpenFiles } from "./rooms/open-files.ts";
import { roomsReport } from "./rooms/report.ts";
import { tenTimesTheRows } from "./rooms/ten-times-the-rows.ts";

/**
 * Rooms on the local runtime over real sockets, the load in processes of its own: one room of all members, beside the
 * plain SDK's rate on the same sockets; many large and small rooms in the same table, all publishing; one room of the
 * large size in ten times the rows; and the largest state of an execution over all members. Fails unless every member
 * gets every message, and where a state was over 256 KiB.
 */
export const rooms = async (args: string[]): Promise<Report> => {
  const { values } = parseArgs({
    args,
    options: {
      members: { type: "string", default: "10000" },
      large: { type: "string", default: "500" },
      small: { type: "string", default: "5" },
    },
  });
  const members = count("--members", values.members);
  const large = count("--large", values.large);
  const small = count("--small", values.small);
  checkOpenFiles(members);
  return roomsReport({
    oneRoom: await oneRoom(members),
    manyRooms: await manyRooms(members, large, small),
    tenTimesTheRows: await tenTimesTheRows(large),
    largestState: await largestState(members),
  });
};
