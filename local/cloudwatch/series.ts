import { addAll, addValue, type Distribution, emptyDistribution } from "./distribution.ts";

/** The values of one metric over time. */
export interface Series {
  add(at: number, value: number, times: number): void;
  /** Adds what there is from `from` to before `to` to the periods that begin at `from`. */
  collect(into: Map<number, Distribution>, range: Range): void;
  /** Whether nothing is kept that is newer than this. */
  isEmptySince(since: number): boolean;
}

/** Unix time in milliseconds; `to` is not in it. */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly periodMs: number;
}

/** Makes an empty series. @param resolutionMs times that are not told apart @param keepMs what is older is forgotten */
export const createSeries = (resolutionMs: number, keepMs: number): Series => {
  const slots = new Map<number, Distribution>();
  // Nearly every value comes in the slot of the one before.
  let latest: Distribution | undefined;
  let latestStart = Number.NaN;

  const slotAt = (start: number): Distribution => {
    const known = slots.get(start);
    if (known) return known;
    for (const old of slots.keys()) if (old < start - keepMs) slots.delete(old);
    const made = emptyDistribution();
    slots.set(start, made);
    return made;
  };

  return {
    add(at, value, times) {
      const start = at - (at % resolutionMs);
      if (start !== latestStart || !latest) {
        latest = slotAt(start);
        latestStart = start;
      }
      addValue(latest, value, times);
    },
    collect(into, { from, to, periodMs }) {
      for (const [start, values] of slots) {
        if (start < from || start >= to) continue;
        const period = from + Math.floor((start - from) / periodMs) * periodMs;
        const there = into.get(period);
        if (there) addAll(there, values);
        else {
          const made = emptyDistribution();
          addAll(made, values);
          into.set(period, made);
        }
      }
    },
    isEmptySince: (since) => ![...slots.keys()].some((start) => start + resolutionMs > since),
  };
};
