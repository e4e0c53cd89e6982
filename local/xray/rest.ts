import * as v from "valibot";
import { AwsError } from "../aws/error.ts";
import type { JsonObject } from "../json.ts";
import { traceFacts } from "./facts.ts";
import { readFilter } from "./filter-expression.ts";
import { traceSummary } from "./trace-summary.ts";
import type { KeptTrace, Traces } from "./traces.ts";
import { wholeSegments } from "./whole-segments.ts";

/** An HTTP request to X-Ray. */
export interface XRayCall {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** `POST /Traces`, https://docs.aws.amazon.com/xray/latest/api/API_BatchGetTraces.html, in one page. */
const batchGetTraces = (input: v.InferOutput<typeof batch>, traces: Traces): JsonObject => {
  const found = input.TraceIds.map((id) => ({ id, trace: traces.find(id) }));
  return {
    Traces: found.flatMap(({ trace }) => (trace ? [wholeTrace(trace)] : [])),
    UnprocessedTraceIds: found.flatMap(({ id, trace }) => (trace ? [] : [id])),
  };
};

const batch = v.object({ TraceIds: v.array(v.string()), NextToken: v.optional(v.string()) });

const wholeTrace = (trace: KeptTrace): JsonObject => ({
  Id: trace.id,
  Duration: traceFacts(trace).duration,
  LimitExceeded: trace.limitExceeded,
  Segments: wholeSegments(trace.documents).map((segment) => ({ Id: segment.id, Document: JSON.stringify(segment) })),
});

/** `POST /TraceSummaries`, https://docs.aws.amazon.com/xray/latest/api/API_GetTraceSummaries.html, in one page. */
const getTraceSummaries = (input: v.InferOutput<typeof summaries>, traces: Traces): JsonObject => {
  const filter = readFilter(input.FilterExpression ?? "");
  const began = (id: string) => Number.parseInt(id.slice(2, 10), 16);
  const inTime = traces.ids().filter((id) => began(id) >= Math.floor(input.StartTime) && began(id) <= input.EndTime);
  const matching = inTime.flatMap((id) => {
    const trace = traces.find(id);
    const facts = trace && traceFacts(trace);
    return facts && filter(facts) ? [facts] : [];
  });
  return {
    TraceSummaries: matching.map(traceSummary),
    ApproximateTime: input.StartTime,
    TracesProcessedCount: inTime.length,
  };
};

/** Times are in seconds on the wire. */
const summaries = v.strictObject({
  StartTime: v.number(),
  EndTime: v.number(),
  TimeRangeType: v.optional(v.literal("TraceId", "only TraceId is run here, the time at which a trace began")),
  FilterExpression: v.optional(v.string()),
  // All matching traces are told of anyway.
  Sampling: v.optional(v.boolean()),
  NextToken: v.optional(v.string()),
});

/** The two calls by which traces are read; others are refused. */
export const answerXRay = (call: XRayCall, traces: Traces) => {
  try {
    if (call.method === "POST" && call.path === "/Traces")
      return answer(batchGetTraces(read(batch, call.body), traces));
    if (call.method === "POST" && call.path === "/TraceSummaries")
      return answer(getTraceSummaries(read(summaries, call.body), traces));
    const what = "Of X-Ray, only BatchGetTraces and GetTraceSummaries run here.";
    throw new AwsError("UnknownOperationException", what, 404);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return answer({ __type: error.name, Message: error.message }, error.status);
  }
};

const read = <Schema extends v.GenericSchema>(schema: Schema, body: string): v.InferOutput<Schema> => {
  const input = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), body);
  if (input.success) return input.output;
  throw new AwsError("InvalidRequestException", `The request is not valid: ${v.summarize(input.issues)}`);
};

const answer = (body: JsonObject, status = 200) => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
