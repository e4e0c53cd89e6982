import type { Clock } from "../../local/clock.ts";

/** A clock that stands until a test moves it. `advance` runs what falls due, in order, letting promises settle between. */
export const manualClock = (start = Date.UTC(2026, 0, 1)): Clock & { advance(ms: number): Promise<void> } => {
  let now = start;
  let next = 0;
  const tasks = new Map<number, { at: number; task: () => void }>();
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    after: (ms, task) => {
      const id = next++;
      tasks.set(id, { at: now + Math.max(0, ms), task });
      return () => tasks.delete(id);
    },
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (;;) {
        const due = [...tasks].filter(([, { at }]) => at <= until).sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
        if (!due) break;
        tasks.delete(due[0]);
        now = due[1].at;
        due[1].task();
        await settle();
      }
      now = until;
    },
  };
};
