import { PROCESSOR } from "../model/figures.ts";
import { add, lambdaGbSecondsOf, type Usage } from "../model/usage.ts";
import { LOG_BYTES, MEMORY_MB } from "./deployment.ts";
import { computeMs } from "./durations.ts";

/** What it uses that a message's receipt becomes metrics: a function that writes one line, taken as busy as a post. */
export const receiptUsage: Usage = add({
  lambdaRequests: 1,
  lambdaGbSeconds: lambdaGbSecondsOf(computeMs(PROCESSOR.postMs, MEMORY_MB.receipts), MEMORY_MB.receipts),
  logBytes: LOG_BYTES.receipts,
});
