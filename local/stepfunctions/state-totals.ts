import type { StateTotals } from "../record/execution-record.ts";

/** Counts the entries into each state of an execution. */
export const createStateTotals = () => {
  const places = new Map<string, number>();
  const totals: { -readonly [Field in keyof StateTotals]: StateTotals[Field] }[] = [];
  return {
    /** Counts an entry. @returns the state's place in `all` */
    enter(name: string, type: string): number {
      const place = places.get(name) ?? totals.length;
      const total = totals[place];
      if (total) total.entered++;
      else {
        places.set(name, place);
        totals.push({ name, type, entered: 1, failed: 0, totalMs: 0, longestMs: 0 });
      }
      return place;
    },
    /** Counts the end of an entry. */
    leave(place: number, ms: number, failed: boolean) {
      const total = totals[place];
      if (!total) return;
      total.totalMs += ms;
      total.longestMs = Math.max(total.longestMs, ms);
      if (failed) total.failed++;
    },
    all: (): readonly StateTotals[] => totals,
  };
};
