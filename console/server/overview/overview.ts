import type { ConsoleNeeds } from "../../../local/console/needs.ts";
import type { Alarm, MessageSummary, Overview, Quota } from "../../contract.ts";
import { listFaults } from "../faults.ts";
import type { Messages } from "../messages.ts";
import type { ConsoleStack } from "../stack.ts";
import { readAlarms } from "./alarms.ts";
import { readDeadLetterCounts } from "./dead-letter-counts.ts";
import { readMinutes } from "./metric-minutes.ts";
import { createPace } from "./pace.ts";
import { createQuotas } from "./quotas.ts";
import { createRefreshed } from "./refreshed.ts";
import { NOBODY, readOccupancy, roomRows } from "./rooms.ts";

interface Needs extends Pick<ConsoleNeeds, "clock" | "log" | "faults" | "outputs"> {
  readonly stack: ConsoleStack;
  readonly messages: Messages;
}

const EVERY_MS = 2_000;
/** Alarms are evaluated by the minute. */
const ALARMS_EVERY_MS = 5_000;

/** The messages that the rates of the last minute begin with. */
const REMEMBERED = 500;

/** How the stack stands: what passes is heard while somebody follows, the rest read now and then. */
export const createOverview = ({ stack, messages, clock, log, faults, outputs }: Needs) => {
  const now = () => clock.now();
  let pace = createPace(now);

  const unread =
    (what: string) =>
    ({ message }: Error) =>
      log({ level: "debug", from: "console", message: `${what} could not be read: ${message}` });
  const refreshed = <Value>(what: string, first: Value, read: () => Promise<Value>, everyMs = EVERY_MS) => {
    return createRefreshed({ read, first, everyMs, clock, failed: unread(what) });
  };
  const occupancy = refreshed("Who is in the rooms", NOBODY, () => readOccupancy(stack, now()));
  const letters = refreshed("How many letters there are", [] as Overview["deadLetters"], () =>
    readDeadLetterCounts(stack.queues, outputs),
  );
  const alarms = refreshed("The alarms", [] as Alarm[], () => readAlarms(stack.metrics), ALARMS_EVERY_MS);
  const quotas = refreshed(
    "The metrics",
    [] as Quota[],
    createQuotas({ read: (...asked) => readMinutes(stack.metrics, ...asked), now }),
  );

  const hear = ({ state, room, received, receipt }: MessageSummary) => {
    if (state === "running") pace.posted({ room, received });
    if (receipt) pace.delivered(receipt.delivered);
  };

  return {
    async current(): Promise<Overview> {
      const [rooms, deadLetters, ringing, used] = await Promise.all([
        occupancy.current(),
        letters.current(),
        alarms.current(),
        quotas.current(),
      ]);
      return {
        at: now(),
        rooms: roomRows(rooms, pace.rooms()),
        connections: rooms.connections,
        deliveriesPerSecond: pace.deliveriesPerSecond(),
        quotas: used,
        deadLetters,
        alarms: ringing,
        faults: listFaults(faults),
      };
    },
    /** Hears of each message, and meanwhile counts them. @returns ends it */
    follow(heard: (message: MessageSummary) => void) {
      const counting = createPace(now);
      pace = counting;
      void messages
        .latest({ limit: REMEMBERED })
        .then((before) => before.forEach(counting.posted), unread("The latest messages"));
      return messages.follow((message) => {
        hear(message);
        heard(message);
      });
    },
  };
};
