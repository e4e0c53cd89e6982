import type { JsonObject } from "../json.ts";
import { formatTraceHeader, parseTraceHeader, traceId } from "../xray/trace-header.ts";
import type { ErrorPayload } from "./runtime/messages.ts";

/** What tracing decided about an invocation. */
interface InvocationTrace {
  /** `_X_AMZN_TRACE_ID` for the function. */
  readonly header: string;
  /** The segments to record; undefined where nothing is. */
  readonly segments?: { readonly traceId: string; readonly callerId?: string | undefined; readonly ids: SegmentIds };
}

interface SegmentIds {
  readonly service: string;
  readonly function: string;
}

/** A string of so many random hex digits. */
export type RandomHex = (digits: number) => string;

/**
 * Follows the caller's decision; where there is none, a function with active tracing samples at Lambda's rate. Without
 * active tracing Lambda records nothing and passes on what came,
 * https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
 */
export const traceInvocation = (
  incoming: string | undefined,
  { active, sample }: { readonly active: boolean; sample(): boolean },
  now: number,
  randomHex: RandomHex,
): InvocationTrace => {
  const caller = parseTraceHeader(incoming);
  const root = caller?.root ?? traceId(now, randomHex(24));
  const sampled = caller?.sampled ?? (active && sample());
  if (!active || !sampled) {
    return { header: formatTraceHeader({ root, parent: caller?.parent ?? randomHex(16), sampled }) };
  }
  const ids = { service: randomHex(16), function: randomHex(16) };
  return {
    header: formatTraceHeader({ root, parent: ids.function, sampled }),
    segments: { traceId: root, callerId: caller?.parent, ids },
  };
};

/** What an invocation's segments tell; times are Unix time in milliseconds. */
interface InvocationStory {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly requestId: string;
  readonly receivedAt: number;
  /** The invocation loaded the handler from then on. */
  readonly initializedFrom?: number | undefined;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly error?: ErrorPayload | undefined;
}

/**
 * Lambda's two segments: the service's (`AWS::Lambda`) and, below it, the function's (`AWS::Lambda::Function`) with
 * subsegments for loading and running. What the function's own code traces hangs below the function's.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
 */
export const invocationSegments = (
  { traceId: trace_id, callerId, ids }: NonNullable<InvocationTrace["segments"]>,
  story: InvocationStory,
  randomHex: RandomHex,
): JsonObject[] => {
  const { name, arn, requestId, startedAt, initializedFrom = startedAt } = story;
  const part = (title: string, from: number, to: number): JsonObject => ({
    id: randomHex(16),
    name: title,
    ...between(from, to),
  });
  const failed: JsonObject = story.error ? { fault: true, cause: causeOf(story.error, randomHex) } : {};
  return [
    {
      trace_id,
      id: ids.service,
      ...(callerId && { parent_id: callerId }),
      name,
      origin: "AWS::Lambda",
      resource_arn: arn,
      ...between(story.receivedAt, story.endedAt),
      http: { response: { status: 200 } },
      aws: { request_id: requestId },
    },
    {
      trace_id,
      id: ids.function,
      parent_id: ids.service,
      name,
      origin: "AWS::Lambda::Function",
      resource_arn: arn,
      ...between(initializedFrom, story.endedAt),
      aws: { account_id: story.account, function_arn: arn, request_id: requestId, resource_names: [name] },
      ...failed,
      subsegments: [
        ...(initializedFrom < startedAt ? [part("Initialization", initializedFrom, startedAt)] : []),
        { ...part("Invocation", startedAt, story.endedAt), ...failed },
      ],
    },
  ];
};

/** Times of a segment are seconds. */
const between = (from: number, to: number) => ({ start_time: from / 1000, end_time: Math.max(from, to) / 1000 });

const causeOf = ({ errorType, errorMessage }: ErrorPayload, randomHex: RandomHex): JsonObject => ({
  exceptions: [{ id: randomHex(16), type: errorType, message: errorMessage, remote: false }],
});
