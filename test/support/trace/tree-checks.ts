import { unless } from "./document-checks.ts";
import { called, type Part, partsOf, postsOf, type Segment, type TracedMessage } from "./segment.ts";

/** Clocks of one machine agree to this, in seconds. */
const SLACK = 0.005;

/** Exactly one segment is below none. */
export const check4OneRoot = ({ documents }: TracedMessage): string[] => {
  const roots = documents.filter(({ parent_id }) => parent_id === undefined);
  return roots.length === 1 ? [] : [`${roots.length} roots: ${roots.map(called).join(", ")}`];
};

/** Every other segment's parent is in the trace. */
export const check5NoDanglingParents = ({ documents }: TracedMessage): string[] => {
  const byId = byIdOf(documents);
  return documents.flatMap((document) =>
    unless(document.parent_id === undefined || byId.has(document.parent_id), document, "is below what is not there"),
  );
};

/** No segment is below itself, and from a post to the root are three steps or more. */
export const check6NoCyclesAndDeep = (message: TracedMessage): string[] => {
  const byId = byIdOf(message.documents);
  const depth = (id: string | undefined, seen = new Set<string>()): number => {
    const part = byId.get(id ?? "");
    if (!part) return 0;
    return seen.has(part.segment.id) ? Number.NaN : 1 + depth(part.parentId, seen.add(part.segment.id));
  };
  return [
    ...[...byId.values()].flatMap(({ segment }) =>
      unless(!Number.isNaN(depth(segment.id)), segment, "is below itself"),
    ),
    ...postsOf(message).flatMap((post) => unless(depth(post.id) > 3, post, "is not deep in the trace")),
  ];
};

/**
 * Each ends after it began, and begins after what it is below. What is waited for ends before what waits for it; what
 * an event has led to is not waited for.
 */
export const check7TimesAreInOrder = ({ documents }: TracedMessage): string[] => {
  const byId = byIdOf(documents);
  return partsOf(documents).flatMap(({ segment, parentId }) => {
    const parent = byId.get(parentId ?? "")?.segment;
    const { start_time: start, end_time: end = start } = segment;
    return [
      ...unless(end >= start, segment, "ends before it begins"),
      ...unless(!parent || start >= parent.start_time - SLACK, segment, `begins before ${parent?.name}`),
      ...unless(
        !parent || parent.aws?.operation === "PutEvents" || end <= (parent.end_time ?? 0) + SLACK,
        segment,
        `ends after ${parent?.name}, which waits for it`,
      ),
    ];
  });
};

/** Two messages at the same time share no trace, and neither is in the trace of the other. */
export const check19NothingInCommon = (one: TracedMessage, other: TracedMessage): string[] => {
  const ids = byIdOf(other.documents);
  const messages = partsOf(one.documents).map(({ segment }) => segment.annotations?.messageId);
  return [
    ...(one.documents[0]?.trace_id === other.documents[0]?.trace_id ? ["they share a trace"] : []),
    ...partsOf(one.documents).flatMap(({ segment }) => unless(!ids.has(segment.id), segment, "is in both")),
    ...(messages.includes(other.id) ? [`${other.id} is in the trace of ${one.id}`] : []),
  ];
};

const byIdOf = (documents: readonly Segment[]): Map<string, Part> =>
  new Map(partsOf(documents).map((part) => [part.segment.id, part]));
