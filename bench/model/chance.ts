import { createHash } from "node:crypto";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xorshift128plus } from "pure-rand/generator/xorshift128plus";
import type { Latency } from "./figures.ts";

/** Chance with a sequence of its own for each purpose: what one draws changes nothing of what another will. */
export interface Chance {
  /** Numbers from 0 to below 1, for this purpose. */
  of(purpose: string): () => number;
  /** Milliseconds that something takes this time: lognormal, which is how latencies of services are distributed. */
  latency(purpose: string, latency: Latency): () => number;
}

/** The standard normal quantile of 99 %. */
const Z99 = 2.3263;

/** All that chance decides, by a seed. */
export const createChance = (seed: number): Chance => {
  const of = (purpose: string) => {
    const generator = xorshift128plus(createHash("sha256").update(`${seed} ${purpose}`).digest().readInt32LE());
    return () => uniformFloat64(generator);
  };
  return {
    of,
    latency(purpose, { medianMs, p99Ms }) {
      const uniform = of(purpose);
      const sigma = Math.log(p99Ms / medianMs) / Z99;
      // Box and Muller's way from two uniform numbers to a normal one.
      return () =>
        medianMs * Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()));
    },
  };
};
