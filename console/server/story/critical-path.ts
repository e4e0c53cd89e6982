import type { TraceSegment } from "../../contract.ts";

type Span = Pick<TraceSegment, "id" | "parentId" | "startedAt" | "endedAt">;

/** Whole milliseconds of two clocks may differ by this though one thing followed the other. */
const SLACK_MS = 2;

/**
 * The segments that the time from a trace's start to a moment was spent in, by their start. Walked back from the
 * moment: of what was begun below a segment, what ended last is what it was waited for; before that began, the one that
 * ended last before it, and so on; the same within each of them. What is begun and not waited for, such as the event
 * on a bus, ends after what began it, and counts until its own end.
 * @param until Unix ms; the trace's end where it is no moment of the trace
 */
export const criticalPath = (spans: readonly Span[], until: number): string[] => {
  const known = new Set(spans.map(({ id }) => id));
  const isRoot = ({ parentId }: Span) => parentId === undefined || !known.has(parentId);
  const below = Map.groupBy(
    spans.filter((span) => !isRoot(span)),
    ({ parentId }) => parentId,
  );
  /** When the last of a segment and all that came of it ended. */
  const ends = new Map<Span, number>();
  const measure = (span: Span): number => {
    const end = Math.max(span.endedAt, ...(below.get(span.id) ?? []).map(measure));
    ends.set(span, end);
    return end;
  };
  const roots = spans.filter(isRoot);
  for (const root of roots) measure(root);
  const endOf = (span: Span) => ends.get(span) ?? span.endedAt;

  const path = new Set<Span>();
  const walk = (parts: readonly Span[], from: number): void => {
    let moment = from;
    for (const part of parts.toSorted((one, other) => endOf(other) - endOf(one) || one.startedAt - other.startedAt)) {
      // One that went on past the moment was still waited for in it; one that ran beside another was not.
      const end = Math.min(endOf(part), from);
      if (end > moment + SLACK_MS || part.startedAt >= moment) continue;
      path.add(part);
      walk(below.get(part.id) ?? [], end);
      moment = part.startedAt;
    }
  };
  const last = Math.max(...roots.map(endOf));
  walk(roots, Number.isFinite(until) ? Math.min(until, last) : last);
  return [...path].sort((one, other) => one.startedAt - other.startedAt).map(({ id }) => id);
};
