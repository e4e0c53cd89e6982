import type { Head } from "../../functions/protocol/answers.ts";
import { createConnections } from "./connections.ts";
import type { Call } from "./invocations.ts";
import { createMessages } from "./messages.ts";
import { createRefs } from "./refs.ts";
import type { TablesNeeds } from "./tables-needs.ts";

/**
 * The tables in memory: `functions/aws/` with the same verbs, conditions and consistency, each call of DynamoDB one
 * effect. `tables.test.ts` holds both to the same answers.
 */
export const createTables = (needs: TablesNeeds) => {
  const rooms = new Map<string, Head>();
  const refs = createRefs(needs);
  const messages = createMessages(needs);
  const connections = createConnections(needs);

  const add = (room: string, count: number): Head => {
    const head = rooms.get(room) ?? { epoch: needs.newEpoch(), seq: 0 };
    rooms.set(room, { ...head, seq: head.seq + count });
    return rooms.get(room)!;
  };

  return {
    messagesOf: messages.messagesOf,
    listed: connections.listed,

    /** The verbs of one invocation. */
    verbs: (call: Call) => ({
      ...refs(call),
      ...messages.verbs(call),
      ...connections.verbs(call),
      takeNumber: (room: string): Promise<number> => call("takeNumber", () => add(room, 1).seq),
      head: async (room: string): Promise<Head> =>
        (await call("readHead", () => rooms.get(room))) ?? call("beginRoom", () => add(room, 0)),
    }),
  };
};
