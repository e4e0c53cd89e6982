import type { EventBridgeEvent } from "aws-lambda";
import { tablesClient } from "./aws/clients.ts";
import type { Claim, RefKey } from "./aws/refs.ts";
import type { PUBLISH_REQUESTED, PublishRefused } from "./contracts/events.ts";
import { readPublish } from "./protocol/frames.ts";
import { PublishRequested } from "./protocol/publish-requested.ts";
import { Refusal } from "./protocol/refusal.ts";
import { publishing } from "./publishing/environment.ts";
import { type PublishingNeeds, publishMessage } from "./publishing/publish-message.ts";
import { type Observation, observed } from "./runtime/observe.ts";

type Requested = Pick<EventBridgeEvent<typeof PUBLISH_REQUESTED, Record<string, unknown>>, "id" | "detail">;

interface Needs extends PublishingNeeds {
  readonly findClaim: (key: RefKey, now: number) => Promise<Claim | undefined>;
  readonly refuse: (refused: PublishRefused) => Promise<void>;
}

/**
 * Publishes what a backend asks for by an event: with the same checks, numbers and history as a client's frame. A
 * request that cannot be done is answered by `PublishRefused`; one that does not work just now is thrown, and Lambda
 * tries it again.
 */
export const publishRequested =
  (needs: Needs) =>
  async ({ id: request, detail }: Requested, observe: Observation): Promise<void> => {
    try {
      const { room, data, from, ref = request } = readPublish(PublishRequested, detail);
      observe.annotate("room", room);
      const claimed = await needs.findClaim({ author: from.id, ref }, needs.now());
      await publishMessage(needs, { room, data, from, ref, claimed, sender: request }, observe);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, message: reason } = error;
      observe.annotate("outcome", code);
      observe.log.info("Refused.", { request, code, reason });
      await needs.refuse({ request, code, reason });
    }
  };

export const handler = observed(publishRequested, () => publishing(tablesClient()));
