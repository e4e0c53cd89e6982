import { eventBus } from "../aws/bus.ts";
import type { tablesClient } from "../aws/clients.ts";
import { presenceTable } from "../aws/presence.ts";
import { ENVIRONMENT } from "../contracts/environment.ts";
import { MEMBERSHIP_CHANGED, type MembershipChanged } from "../contracts/events.ts";
import { isLookDue, type Pace } from "../protocol/pace.ts";
import { optional, required } from "./environment.ts";
import type { Observation } from "./observe.ts";

/**
 * Sees to it that a room is told who joined and left, after its members have changed. Of many changes within a second
 * one announces the look that finds them all. It never fails: a membership counts more than who hears of it.
 */
export type Stirred = (room: string, observe: Pick<Observation, "log" | "traceHeader">) => Promise<void>;

interface Needs {
  readonly paceOf: (room: string) => Promise<Pace>;
  readonly announceLook: (room: string, now: number) => Promise<boolean>;
  readonly put: (detailType: typeof MEMBERSHIP_CHANGED, detail: MembershipChanged, trace: string) => Promise<void>;
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

export const stirring =
  ({ paceOf, announceLook, put, now }: Needs): Stirred =>
  async (room, { log, traceHeader }) => {
    try {
      const moment = now();
      if (!isLookDue(await paceOf(room), moment)) return;
      if (!(await announceLook(room, moment))) return;
      // A trace ends here: the news goes to up to a hundred members, and 20 posts fill what X-Ray keeps of one.
      await put(MEMBERSHIP_CHANGED, { room }, traceHeader(false));
    } catch (error) {
      log.warn("Nobody may be told who joined or left just now.", error as Error);
    }
  };

/** `stirred`, as the environment has it: nothing is done where presence is switched off. */
export const presence = (client: ReturnType<typeof tablesClient>): { readonly stirred: Stirred } => {
  const table = optional(ENVIRONMENT.presenceTable);
  if (table === undefined) return { stirred: async () => {} };
  const bus = eventBus(required(ENVIRONMENT.eventBus));
  return { stirred: stirring({ ...presenceTable(client, table), ...bus, now: Date.now }) };
};
