import { LATENCIES, PROCESSOR } from "../model/figures.ts";
import {
  add,
  customEventsOf,
  lambdaGbSecondsOf,
  readUnitsOf,
  type Usage,
  webSocketMessagesOf,
  writeUnitsOf,
} from "../model/usage.ts";
import { ENVELOPE_BYTES, LOG_BYTES, MEMORY_MB } from "./deployment.ts";
import { computeMs, meanMs } from "./durations.ts";

/** Four calls of DynamoDB one after the other, the fifth beside the first, and the bus. */
const PUBLISH_MS =
  4 * meanMs(LATENCIES.item) + meanMs(LATENCIES.putEvents) + computeMs(PROCESSOR.publishMs, MEMORY_MB.publish);

/**
 * What publishing one message with a `ref` uses, up to its ack, and its two events: `docs/architecture.md` has the
 * calls.
 * @param traced the share of them that X-Ray records
 */
export const publishUsage = (dataBytes: number, traced: number): Usage => {
  const frame = dataBytes + ENVELOPE_BYTES.frame;
  return add(
    // The frame and its ack.
    { webSocketMessages: webSocketMessagesOf(frame) + 1, egressBytes: ENVELOPE_BYTES.frame },
    {
      lambdaRequests: 1,
      lambdaGbSeconds: lambdaGbSecondsOf(PUBLISH_MS, MEMORY_MB.publish),
      logBytes: LOG_BYTES.publish,
      tracesRecorded: traced,
    },
    // The membership and the `ref`; the number, the claim of the `ref`, and the message.
    {
      dynamoDbReadUnits: readUnitsOf(0, "strong") + readUnitsOf(0, "eventual"),
      dynamoDbWriteUnits: 2 + writeUnitsOf(dataBytes + ENVELOPE_BYTES.row),
    },
    // MessagePosted and MessageDelivered. What EventBridge delivers to a target is free.
    { customEvents: customEventsOf(dataBytes + ENVELOPE_BYTES.event) + 1 },
  );
};
