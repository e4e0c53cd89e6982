import type { Clock } from "../../local/clock.ts";

/** Time that passes as fast as it can be computed: days in a moment, the same way each time. */
export interface VirtualTime extends Clock {
  /** Lets time pass: what falls due runs in order, and promises settle in between. */
  pass(ms: number): Promise<void>;
}

interface Task {
  readonly at: number;
  readonly task: () => void;
}

/** `test/support/manual-clock.ts` for many thousand timers: they are kept in order, not sorted at each step. */
export const createVirtualTime = (start = Date.UTC(2026, 0, 1)): VirtualTime => {
  const due: Task[] = [];
  let now = start;
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  /** Where a task belongs, counted from the end, since the next to run is the last. */
  const placeOf = (at: number) => {
    let [low, high] = [0, due.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (due[middle]!.at > at) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    now: () => Math.floor(now),
    after: (ms, task) => {
      const entry = { at: now + Math.max(0, ms), task };
      due.splice(placeOf(entry.at), 0, entry);
      return () => {
        const place = due.indexOf(entry);
        if (place >= 0) due.splice(place, 1);
      };
    },
    pass: async (ms) => {
      const until = now + ms;
      await settled();
      for (let next = due.at(-1); next && next.at <= until; next = due.at(-1)) {
        due.pop();
        now = next.at;
        next.task();
        await settled();
      }
      now = until;
    },
  };
};
