import { parseArgs } from "node:util";
import { MAX_DATA_BYTES } from "../../functions/protocol/frames.ts";
import { count } from "../options.ts";
import { CLIENT } from "./deployment.ts";
import type { Workload } from "./month.ts";

/** API Gateway ends a connection that says nothing for 10 minutes. */
const IDLE_SECONDS = 600;

/**
 * The workload that a command line describes. What is not given: one room, messages of 256 bytes, the client's own
 * interval of pings.
 * @throws Error naming the option that is wrong and what it may be
 */
export const readWorkload = (args: readonly string[]): Workload => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      members: { type: "string" },
      "messages-per-day": { type: "string" },
      rooms: { type: "string", default: "1" },
      "data-bytes": { type: "string", default: "256" },
      "ping-seconds": { type: "string", default: String(CLIENT.pingSeconds) },
    },
  });
  const workload = {
    members: count("--members", needed("--members", values.members)),
    messagesPerDay: count("--messages-per-day", needed("--messages-per-day", values["messages-per-day"])),
    rooms: count("--rooms", values.rooms),
    dataBytes: upTo("--data-bytes", MAX_DATA_BYTES, count("--data-bytes", values["data-bytes"])),
    pingSeconds: upTo("--ping-seconds", IDLE_SECONDS, count("--ping-seconds", values["ping-seconds"])),
  };
  if (workload.members < 2) throw new Error("--members is at least 2: a room has 2 or more");
  if (workload.members < 2 * workload.rooms)
    throw new Error(`--rooms is at most half of --members, ${Math.floor(workload.members / 2)}: a room has 2 or more`);
  return workload;
};

const needed = (option: string, text: string | undefined): string => {
  if (text === undefined) throw new Error(`${option} is needed, a whole number from 1`);
  return text;
};

const upTo = (option: string, most: number, value: number): number => {
  if (value > most) throw new Error(`${option} is at most ${most}, not ${value}`);
  return value;
};
