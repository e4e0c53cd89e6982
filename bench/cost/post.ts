import { LATENCIES, PROCESSOR } from "../model/figures.ts";
import { add, lambdaGbSecondsOf, type Usage, webSocketMessagesOf } from "../model/usage.ts";
import { ENVELOPE_BYTES, LOG_BYTES, MEMORY_MB } from "./deployment.ts";
import { computeMs, meanMs } from "./durations.ts";

/** How long an invocation of `post` lasts, in milliseconds: mostly it waits for the answer. */
export const POST_MS = meanMs(LATENCIES.post) + computeMs(PROCESSOR.postMs, MEMORY_MB.post);

/** What delivering a message to one member uses. @param dataBytes of the message */
export const postUsage = (dataBytes: number): Usage => {
  const frame = dataBytes + ENVELOPE_BYTES.frame;
  return add({
    webSocketMessages: webSocketMessagesOf(frame),
    lambdaRequests: 1,
    lambdaGbSeconds: lambdaGbSecondsOf(POST_MS, MEMORY_MB.post),
    logBytes: LOG_BYTES.post,
    egressBytes: frame,
  });
};
