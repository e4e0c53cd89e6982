import type { JsonObject } from "../json.ts";
import { type SegmentDocument, segmentDocuments } from "./segment-documents.ts";
import { formatTraceHeader } from "./trace-header.ts";

/** A segment or subsegment while it is being recorded. */
export interface Recording {
  /** The `X-Amzn-Trace-Id` of a call that is made in it. */
  readonly header: string;
  /** Opens a subsegment in it. @param fields of its document */
  open(name: string, fields?: JsonObject): Recording;
  /**
   * Closes it, and what is still open in it. A second time changes nothing: what outlives its parent, as a call does
   * whose task has timed out, has been closed with it.
   */
  close(failure?: Failure): void;
}

/** Why something did not succeed. */
export interface Failure {
  /** The error's name. */
  readonly type: string;
  /** `throttle` is an error of the caller, who asked too often; all else is a `fault`. */
  readonly as: "fault" | "throttle";
}

interface Needs {
  /** Unix time in milliseconds, by the clock of the services: all segments of a trace are by one clock. */
  now(): number;
  /** A string of so many random hex digits. */
  randomHex(digits: number): string;
  /** Takes the documents, once the segment is closed. */
  record(document: JsonObject): void;
}

/** How a segment begins. */
interface Beginning {
  readonly traceId: string;
  /** Who called; a segment without is the root of its trace. */
  readonly parentId?: string | undefined;
  readonly name: string;
  readonly fields: JsonObject;
}

/**
 * The most subsegments of a segment, half of what X-Ray keeps of a trace: the ones after these are left out, and what
 * they call stands below the subsegment around them. The number is ours; X-Ray has none.
 */
const MOST_SUBSEGMENTS = 1500;

/** Records a segment with its subsegments: sent once, when it is closed, so that it costs nothing while it is open. */
export const recordSegment = (
  { traceId, parentId, name, fields }: Beginning,
  { now, randomHex, record }: Needs,
): Recording => {
  let left = MOST_SUBSEGMENTS;
  const open = (title: string, more: JsonObject, onClosed: (document: SegmentDocument) => void): Recording => {
    const id = randomHex(16);
    const head = { id, name: legalName(title), start_time: now() / 1000, ...more };
    const inside: Recording[] = [];
    const subsegments: SegmentDocument[] = [];
    let closed = false;
    const recording: Recording = {
      get header() {
        return formatTraceHeader({ root: traceId, parent: id, sampled: true });
      },
      open(inner, innerFields = {}) {
        // Nothing is recorded of what goes on after its parent is closed: that has been sent.
        if (closed || left-- <= 0) return unrecorded(recording);
        const place = subsegments.length;
        const opened = open(inner, innerFields, (document) => {
          subsegments[place] = document;
        });
        subsegments.push(head);
        inside.push(opened);
        return opened;
      },
      close(failure) {
        if (closed) return;
        closed = true;
        for (const one of inside) one.close();
        onClosed({
          ...head,
          end_time: now() / 1000,
          ...(failure && failed(failure, randomHex(16))),
          ...(subsegments.length > 0 && { subsegments }),
        });
      },
    };
    return recording;
  };
  const identity = { trace_id: traceId, ...(parentId && { parent_id: parentId }), ...fields };
  return open(name, identity, (segment) => {
    for (const document of segmentDocuments(segment)) record(document);
  });
};

const failed = ({ type, as }: Failure, id: string): JsonObject => ({
  ...(as === "fault" ? { fault: true } : { error: true, throttle: true }),
  cause: { exceptions: [{ id, type, remote: false }] },
});

const unrecorded = (around: Recording): Recording => ({
  get header() {
    return around.header;
  },
  open: () => unrecorded(around),
  close: () => undefined,
});

/** A name as X-Ray takes it; other characters, such as the question mark, are left out as its SDKs do. */
export const legalName = (name: string): string => name.replace(/[^\p{L}\p{N}\s_.:/%&#=+\\\-@]/gu, "").slice(0, 200);
