import type { JsonObject } from "../json.ts";

/** The most bytes of one document. https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html */
export const MOST_DOCUMENT_BYTES = 64 * 1024;

/** A segment or subsegment with those below it. */
export type SegmentDocument = JsonObject & { readonly id: string; readonly subsegments?: SegmentDocument[] };

/**
 * A segment as the documents that it is sent in: one where it fits into 64 KB. Of a larger one the subsegments that do
 * not fit are documents of their own, with `type`, `trace_id` and `parent_id`, as X-Ray takes them.
 */
export const segmentDocuments = (segment: SegmentDocument): JsonObject[] => {
  const { subsegments = [], ...head } = segment;
  const documents: JsonObject[] = [];
  const kept: SegmentDocument[] = [];
  let left = MOST_DOCUMENT_BYTES - bytesOf({ ...head, subsegments: [] });
  for (const subsegment of subsegments) {
    // With the comma before the next.
    const bytes = bytesOf(subsegment) + 1;
    if (bytes <= left) {
      kept.push(subsegment);
      left -= bytes;
    } else {
      const alone = { ...subsegment, type: "subsegment", trace_id: segment.trace_id ?? null, parent_id: segment.id };
      documents.push(...segmentDocuments(alone));
    }
  }
  return [kept.length > 0 ? { ...head, subsegments: kept } : head, ...documents];
};

const bytesOf = (value: JsonObject) => Buffer.byteLength(JSON.stringify(value));
