import * as v from "valibot";
import type { Traces } from "./traces.ts";

const request = v.object({ TraceIds: v.array(v.string()), NextToken: v.optional(v.string()) });

/**
 * `POST /Traces`, https://docs.aws.amazon.com/xray/latest/api/API_BatchGetTraces.html. A subsegment that was sent by
 * itself stands by itself (with its `parent_id`); X-Ray would have put it into its parent's document. All traces come
 * in one page.
 */
export const batchGetTraces = (
  call: { readonly method: string; readonly path: string; readonly body: string },
  traces: Traces,
) => {
  if (call.method !== "POST" || call.path !== "/Traces") {
    return answer(404, { __type: "UnknownOperationException", Message: "Of X-Ray, only BatchGetTraces runs here." });
  }
  const input = v.safeParse(v.pipe(v.string(), v.parseJson(), request), call.body);
  if (!input.success) {
    return answer(400, { __type: "InvalidRequestException", Message: "TraceIds must be a list of trace ids." });
  }
  const ids = input.output.TraceIds;
  return answer(200, {
    Traces: ids.flatMap((id) => {
      const documents = traces.find(id);
      if (!documents) return [];
      const times = documents.flatMap(({ start_time, end_time }) => [start_time, end_time]);
      const seconds = times.filter((time) => typeof time === "number");
      return {
        Id: id,
        Duration: Math.max(...seconds) - Math.min(...seconds),
        LimitExceeded: false,
        Segments: documents.map((document) => ({ Id: document.id, Document: JSON.stringify(document) })),
      };
    }),
    UnprocessedTraceIds: ids.filter((id) => !traces.find(id)),
  });
};

const answer = (status: number, body: object) => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
