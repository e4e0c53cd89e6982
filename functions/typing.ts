import { eventBus } from "./aws/bus.ts";
import { tablesClient } from "./aws/clients.ts";
import { connectionsTable } from "./aws/connections.ts";
import { presenceTable } from "./aws/presence.ts";
import { ENVIRONMENT } from "./contracts/environment.ts";
import { TYPING_STARTED, type TypingStarted } from "./contracts/events.ts";
import { RoomFrame, readFrame } from "./protocol/frames.ts";
import { type Pace, type Typed, typedAfter } from "./protocol/pace.ts";
import { Refusal } from "./protocol/refusal.ts";
import { permit } from "./protocol/rights.ts";
import { optional, required } from "./runtime/environment.ts";
import { route, type SilentRoute } from "./runtime/route.ts";

interface Needs {
  readonly paceOf: (room: string) => Promise<Pace>;
  readonly isMember: (connectionId: string, room: string) => Promise<boolean>;
  readonly announceTyping: (room: string, typed: readonly Typed[], now: number) => Promise<boolean>;
  readonly put: (detailType: typeof TYPING_STARTED, detail: TypingStarted, trace: string) => Promise<void>;
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

/**
 * The `typing` route: has a small room told that somebody types, at most once a second, and of the same person at most
 * once in 3 seconds. What comes more often ends at the cheapest check. Answers nobody; refuses, into the log, with
 * BAD_FRAME, BAD_ROOM, FORBIDDEN or NOT_A_MEMBER.
 */
export const typing =
  ({ paceOf, isMember, announceTyping, put, now }: Needs): SilentRoute =>
  async ({ connectionId, sender, rights, body, observe }) => {
    const { room } = readFrame(RoomFrame, body);
    observe.annotate("room", room);
    permit(rights, "publish", room);
    const moment = now();
    const typed = typedAfter(await paceOf(room), sender.id, moment);
    if (!typed) return;
    if (!(await isMember(connectionId, room)))
      throw new Refusal("NOT_A_MEMBER", "You are not in this room: join it first.");
    if (!(await announceTyping(room, typed, moment))) return;
    // A trace ends here, as it does where members have changed: the room's connections are more than it has place for.
    await put(TYPING_STARTED, { room, from: sender }, observe.traceHeader(false));
  };

/** Where rooms are told nothing, clients need not know: the frame is taken, and that is all. */
const unheard: SilentRoute = async () => {};

export const handler = route(
  (needs: Needs | undefined) => (needs ? typing(needs) : unheard),
  () => {
    const table = optional(ENVIRONMENT.presenceTable);
    if (table === undefined) return undefined;
    const client = tablesClient();
    return {
      ...connectionsTable(client, required(ENVIRONMENT.connectionsTable)),
      ...presenceTable(client, table),
      ...eventBus(required(ENVIRONMENT.eventBus)),
      now: Date.now,
    };
  },
);
