import { LATENCIES, PROCESSOR } from "../model/figures.ts";
import { add, lambdaGbSecondsOf, type Usage } from "../model/usage.ts";
import { LOG_BYTES, MEMORY_MB } from "./deployment.ts";
import { computeMs, meanMs } from "./durations.ts";

/** What a function does for itself: half of what `publish` does. */
const ROUTE_MS = PROCESSOR.publishMs / 2;

/**
 * An invocation of a function with that many calls of DynamoDB one after the other.
 * @param traced the share that X-Ray records
 */
export const invocation = (calls: number, traced: number): Usage =>
  add({
    lambdaRequests: 1,
    lambdaGbSeconds: lambdaGbSecondsOf(
      calls * meanMs(LATENCIES.item) + computeMs(ROUTE_MS, MEMORY_MB.route),
      MEMORY_MB.route,
    ),
    logBytes: LOG_BYTES.route,
    tracesRecorded: traced,
  });
