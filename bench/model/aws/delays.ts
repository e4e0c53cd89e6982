import type { Chance } from "../chance.ts";
import { LATENCIES } from "../figures.ts";
import type { VirtualTime } from "../virtual-time.ts";

/** Waits as long as something takes this time, or as long as a share of it takes. */
export type Delay = (what: keyof typeof LATENCIES, share?: number) => Promise<void>;

/** @param pace how many times as long everything takes as `figures.ts` says */
export const createDelays = (time: VirtualTime, chance: Chance, pace: number): Delay => {
  const draws = new Map(
    Object.entries(LATENCIES).map(([name, latency]) => [name, chance.latency(name, latency)] as const),
  );
  return (what, share = 1) => time.wait(draws.get(what)!() * share * pace);
};
