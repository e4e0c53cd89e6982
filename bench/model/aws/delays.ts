import type { Chance } from "../chance.ts";
import { LATENCIES } from "../figures.ts";
import type { VirtualTime } from "../virtual-time.ts";

/** Waits as long as things take. */
export interface Delays {
  /** All of it. */
  readonly whole: (what: keyof typeof LATENCIES) => Promise<void>;
  /** Half of it each time that the function returned is called: the way there, and the way back. */
  readonly halves: (what: keyof typeof LATENCIES) => () => Promise<void>;
}

/** @param pace how many times as long everything takes as `figures.ts` says */
export const createDelays = (time: VirtualTime, chance: Chance, pace: number): Delays => {
  const draws = new Map(
    Object.entries(LATENCIES).map(([name, latency]) => [name, chance.latency(name, latency)] as const),
  );
  const draw = (what: keyof typeof LATENCIES) => draws.get(what)!() * pace;
  return {
    whole: (what) => time.wait(draw(what)),
    halves: (what) => {
      const ms = draw(what) / 2;
      return () => time.wait(ms);
    },
  };
};
