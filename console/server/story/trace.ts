import type { Trace, TraceSegment } from "../../contract.ts";
import { criticalPath } from "./critical-path.ts";

/** A segment or subsegment as X-Ray has it. https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html */
export interface SegmentDocument {
  readonly id: string;
  readonly trace_id?: string;
  readonly parent_id?: string;
  readonly name: string;
  readonly origin?: string;
  readonly namespace?: string;
  /** In seconds, as `end_time`, which is not there while it is in progress. */
  readonly start_time: number;
  readonly end_time?: number;
  readonly error?: boolean;
  readonly throttle?: boolean;
  readonly fault?: boolean;
  readonly annotations?: Readonly<Record<string, unknown>>;
  readonly subsegments?: readonly SegmentDocument[];
}

/**
 * The trace that most of the documents are of, as its segments and subsegments by their start, with the path that the
 * time to the last delivery was spent in. A document that was sent again, as it had ended, takes the first one's place.
 * @param traceId the trace to tell of, where several are given
 */
export const traceOf = (documents: readonly SegmentDocument[], traceId?: string): Trace | undefined => {
  const id = traceId ?? documents.find(({ trace_id }) => trace_id)?.trace_id;
  const ofTrace = documents.filter(({ trace_id }) => trace_id === id);
  if (id === undefined || ofTrace.length === 0) return undefined;
  const byId = new Map<string, Told>();
  for (const document of ofTrace) flatten(document, document.parent_id, byId);
  const told = [...byId.values()].sort((one, other) => one.segment.startedAt - other.segment.startedAt);
  const deliveries = told.filter(({ delivered }) => delivered).map(({ segment }) => segment.endedAt);
  const segments = told.map(({ segment }) => segment);
  return { id, segments, criticalPath: criticalPath(segments, Math.max(...deliveries)) };
};

interface Told {
  readonly segment: TraceSegment;
  readonly delivered: boolean;
}

const flatten = (document: SegmentDocument, parentId: string | undefined, into: Map<string, Told>): void => {
  const { id, name, origin = document.namespace, start_time, end_time = start_time, subsegments = [] } = document;
  const segment: TraceSegment = {
    id,
    ...(parentId !== undefined && { parentId }),
    name,
    ...(origin !== undefined && { origin }),
    startedAt: start_time * 1000,
    endedAt: end_time * 1000,
    state: stateOf(document),
  };
  into.set(id, { segment, delivered: document.annotations?.outcome === "delivered" });
  for (const part of subsegments) flatten(part, id, into);
};

const stateOf = ({ throttle, fault, error }: SegmentDocument): TraceSegment["state"] => {
  if (throttle) return "throttle";
  if (fault) return "fault";
  return error ? "error" : "ok";
};
