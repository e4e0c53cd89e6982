import type { Trace, TraceSegment } from "../../contract.ts";

/** A line of the timeline: one segment, or many of the same name below the same parent that stand for one another. */
export interface TraceRow {
  readonly key: string;
  readonly name: string;
  readonly depth: number;
  readonly segments: readonly TraceSegment[];
  readonly startedAt: number;
  readonly endedAt: number;
  readonly critical: boolean;
  /** The worst of its segments' states. */
  readonly state: TraceSegment["state"];
  /** Whether there are rows below that can be folded away. */
  readonly opens: boolean;
  readonly open: boolean;
}

/** From so many on, siblings of one name share a row until it is opened. */
const GROUP_FROM = 4;
const BY_BADNESS: readonly TraceSegment["state"][] = ["ok", "throttle", "error", "fault"];

/**
 * The rows of a trace, parents before children and those in the order in which they began.
 * @param toggled the keys of the rows that are not as they are at first: single segments open, groups closed
 */
export const traceRows = ({ segments, criticalPath }: Trace, toggled: ReadonlySet<string>): TraceRow[] => {
  const known = new Set(segments.map(({ id }) => id));
  const critical = new Set(criticalPath);
  const children = Map.groupBy(
    segments.toSorted((a, b) => a.startedAt - b.startedAt || a.endedAt - b.endedAt),
    ({ parentId }) => (parentId !== undefined && known.has(parentId) ? parentId : undefined),
  );
  const rows: TraceRow[] = [];

  const add = (key: string, alike: readonly TraceSegment[], depth: number, opens: boolean, opensAtFirst: boolean) => {
    const [first] = alike;
    if (!first) return false;
    const open = opens && toggled.has(key) !== opensAtFirst;
    rows.push({
      key,
      name: first.name,
      depth,
      segments: alike,
      startedAt: Math.min(...alike.map(({ startedAt }) => startedAt)),
      endedAt: Math.max(...alike.map(({ endedAt }) => endedAt)),
      critical: alike.some(({ id }) => critical.has(id)),
      state: BY_BADNESS[Math.max(...alike.map(({ state }) => BY_BADNESS.indexOf(state)))] ?? "ok",
      opens,
      open,
    });
    return open;
  };
  const addOne = (segment: TraceSegment, depth: number) => {
    const below = children.get(segment.id) ?? [];
    if (add(segment.id, [segment], depth, below.length > 0, true)) addAll(segment.id, below, depth + 1);
  };
  const addAll = (parent: string, siblings: readonly TraceSegment[], depth: number) => {
    const byName = Map.groupBy(siblings, ({ name }) => name);
    for (const alike of byName.values()) {
      const grouped = alike.length >= GROUP_FROM;
      const open = !grouped || add(`${parent} ${alike[0]?.name}`, alike, depth, true, false);
      if (open) for (const one of alike) addOne(one, grouped ? depth + 1 : depth);
    }
  };
  addAll("", children.get(undefined) ?? [], 0);
  return rows;
};

/** The time from the first beginning to the last end. */
export const traceSpan = ({ segments }: Trace): { readonly from: number; readonly to: number } => ({
  from: Math.min(...segments.map(({ startedAt }) => startedAt)),
  to: Math.max(...segments.map(({ endedAt }) => endedAt)),
});

/** Round times along a span, from 0 on, at most `most` steps. Milliseconds. */
export const ticks = (spanMs: number, most: number): number[] => {
  const rough = Math.max(spanMs, 1e-3) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  return Array.from({ length: Math.floor(spanMs / step) + 1 }, (_, index) => index * step);
};
