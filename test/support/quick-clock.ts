import { type Clock, systemClock } from "../../local/clock.ts";

/** The machine's clock with shorter waits: what waits a second waits 1/`times` of it. The time of day stays right. */
export const quickClock = (times: number): Clock => ({
  now: systemClock.now,
  after: (ms, task) => systemClock.after(ms / times, task),
});

/** The machine's clock, this many milliseconds slow: what it stamps now is that old already. */
export const slowClock = (ms: number): Clock => ({ now: () => systemClock.now() - ms, after: systemClock.after });
