import type { EventBridgeEvent } from "aws-lambda";
import { ENVIRONMENT } from "./contracts/environment.ts";
import type { MESSAGE_DELIVERED, MessageDelivered } from "./contracts/events.ts";
import { METRICS } from "./contracts/metrics.ts";
import { required } from "./runtime/environment.ts";
import { type Measured, measured } from "./runtime/metrics.ts";
import { type Observation, observed } from "./runtime/observe.ts";

type Receipt = Pick<EventBridgeEvent<typeof MESSAGE_DELIVERED, MessageDelivered>, "time" | "detail">;

/**
 * Makes metrics of a message's receipt: one log line a message, however many it was delivered to. A message with posts
 * that failed for good is a warning.
 */
export const receipts =
  ({ metrics }: { readonly metrics: Measured }) =>
  async ({ time, detail }: Receipt, observe: Observation): Promise<void> => {
    const { id, room, seq, recipients, delivered, gone, failed, throttled, durationMs } = detail;
    observe.message(id);
    observe.annotate("room", room);
    const values = {
      [METRICS.recipients]: recipients,
      [METRICS.delivered]: delivered,
      [METRICS.pruned]: gone,
      [METRICS.failed]: failed,
      [METRICS.throttled]: throttled,
      [METRICS.timeToLast]: durationMs,
    };
    // The time of the receipt, however late it is read.
    const line = { seq, ...metrics(values, Date.parse(time)) };
    if (failed > 0) observe.log.warn("Not delivered to all.", line);
    else observe.log.info("Delivered to all.", line);
  };

export const handler = observed(receipts, () => ({ metrics: measured(required(ENVIRONMENT.stage)) }));
