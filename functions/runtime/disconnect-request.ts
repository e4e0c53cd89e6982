import { eventBus } from "../aws/bus.ts";
import { ENVIRONMENT } from "../contracts/environment.ts";
import { DISCONNECT_REQUESTED, type DisconnectRequested } from "../contracts/events.ts";
import { required } from "./environment.ts";
import type { Observation } from "./observe.ts";

/**
 * Asks for a connection to be ended, by an event: only the function behind it may end one. It never fails, since what
 * it stands beside (a frame that is refused, a post that is left out) counts more, and the next touch asks again.
 */
export type RequestDisconnect = (request: DisconnectRequested, observe: Pick<Observation, "log">) => Promise<void>;

interface Needs {
  readonly put: (detailType: typeof DISCONNECT_REQUESTED, detail: DisconnectRequested) => Promise<void>;
}

export const disconnectRequest =
  ({ put }: Needs): RequestDisconnect =>
  async (request, { log }) => {
    try {
      await put(DISCONNECT_REQUESTED, request);
      log.info("A connection is to be ended.", { reason: request.reason });
    } catch (error) {
      log.warn("A connection that is to be ended stays for now.", error as Error);
    }
  };

/** `RequestDisconnect`, as the environment has it. The bus's client is made when it is needed: mostly it never is. */
export const disconnectRequests = (): RequestDisconnect => {
  const name = required(ENVIRONMENT.eventBus);
  let bus: ReturnType<typeof eventBus> | undefined;
  return disconnectRequest({
    put: async (detailType, detail) => {
      bus ??= eventBus(name);
      await bus.put(detailType, detail);
    },
  });
};
