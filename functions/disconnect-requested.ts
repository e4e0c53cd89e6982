import type { EventBridgeEvent } from "aws-lambda";
import { ending } from "./aws/ending.ts";
import type { DISCONNECT_REQUESTED, DisconnectRequested } from "./contracts/events.ts";
import { type Observation, observed } from "./runtime/observe.ts";

type Requested = Pick<EventBridgeEvent<typeof DISCONNECT_REQUESTED, DisconnectRequested>, "detail">;

interface Needs {
  /** @returns false where there is no such connection */
  readonly endConnection: (connectionId: string) => Promise<boolean>;
}

/**
 * Ends a connection from which nothing more is to come. The functions that find that out cannot do it themselves: what
 * may end one connection may end all, and they run what anybody sends.
 */
export const disconnectRequested =
  ({ endConnection }: Needs) =>
  async ({ detail: { connectionId, reason } }: Requested, observe: Observation): Promise<void> => {
    observe.connection(connectionId);
    const ended = await endConnection(connectionId);
    observe.annotate("outcome", ended ? "ended" : "gone");
    observe.log.info(ended ? "Ended a connection." : "A connection that was to be ended has ended.", { reason });
  };

export const handler = observed(disconnectRequested, ending);
