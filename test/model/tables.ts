import { createConnections } from "./connections.ts";
import type { Call } from "./invocations.ts";
import { createMessages } from "./messages.ts";
import { createRefs } from "./refs.ts";
import { createRooms } from "./rooms.ts";
import type { TablesNeeds } from "./tables-needs.ts";

/**
 * The tables in memory: `functions/aws/` with the same verbs, conditions and consistency, each call of DynamoDB one
 * effect. `tables.test.ts` holds both to the same answers.
 */
export const createTables = (needs: TablesNeeds) => {
  const rooms = createRooms(needs);
  const refs = createRefs(needs);
  const messages = createMessages(needs);
  const connections = createConnections(needs);

  return {
    messagesOf: messages.messagesOf,
    listed: connections.listed,
    keepAudience: rooms.keepAudience,

    /** The verbs of one invocation. */
    verbs: (call: Call) => ({
      ...refs(call),
      ...messages.verbs(call),
      ...connections.verbs(call),
      ...rooms.verbs(call),
    }),
  };
};
