import type { JsonObject } from "../json.ts";

/** A segment or subsegment with what is below it. */
export type WholeSegment = JsonObject & { readonly id: string; readonly subsegments?: WholeSegment[] };

/**
 * The segments of a trace, each with all its subsegments: one that was sent by itself is put into its parent's
 * document, as X-Ray does. It stays by itself as long as its parent has not come.
 */
export const wholeSegments = (documents: readonly JsonObject[]): WholeSegment[] => {
  const alone = (documents as readonly WholeSegment[]).filter(({ type }) => type === "subsegment");
  const byParent = Map.groupBy(alone, ({ parent_id }) => parent_id);
  const placed = new Set<WholeSegment>();

  const whole = (segment: WholeSegment): WholeSegment => {
    const sent = byParent.get(segment.id) ?? [];
    for (const one of sent) placed.add(one);
    const subsegments = [...(segment.subsegments ?? []), ...sent.map(embedded)].map(whole);
    return subsegments.length > 0 ? { ...segment, subsegments } : segment;
  };

  const segments = (documents as readonly WholeSegment[]).filter(({ type }) => type !== "subsegment").map(whole);
  // Those whose parent has come by itself as well are in it; of the rest, the topmost stay.
  const ids = new Set(alone.flatMap(idsIn));
  const orphans = alone.filter((one) => !placed.has(one) && !ids.has(String(one.parent_id)));
  return [...segments, ...orphans.map(whole)];
};

const embedded = ({ type: _type, trace_id: _traceId, parent_id: _parentId, ...fields }: WholeSegment) =>
  fields as WholeSegment;

const idsIn = ({ id, subsegments = [] }: WholeSegment): string[] => [id, ...subsegments.flatMap(idsIn)];
