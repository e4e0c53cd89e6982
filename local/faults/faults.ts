import { createHash } from "node:crypto";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xorshift128plus } from "pure-rand/generator/xorshift128plus";
import type { FaultName } from "./names.ts";
import type { FaultPlan, When } from "./plan.ts";

/** What the services ask before they do what may go wrong. */
export interface Faults {
  /** Whether this fault strikes on this occasion. Each call is one occasion. */
  strikes(name: FaultName): boolean;
  /** A number from 0 to below 1, for what the fault leaves open: the point, the moment. */
  chance(name: FaultName): number;
  /** The milliseconds of a fault that takes a time; 0 where it is off. */
  ms(name: FaultName): number;
}

/** Faults whose plan may change while they strike. */
export interface SwitchableFaults extends Faults {
  /** When a fault strikes; undefined while it is off. */
  when(name: FaultName): When | undefined;
  /** Switches a fault on, or with undefined off. Its occasions are counted anew from here. */
  set(name: FaultName, when: When | undefined): void;
}

/**
 * Makes the faults of a plan. Every fault draws from a sequence of its own, so that the n-th occasion of one is decided
 * by the seed alone, whatever else happens in between.
 */
export const createFaults = ({ seed, faults: atFirst }: FaultPlan): SwitchableFaults => {
  const faults = { ...atFirst };
  const state = new Map<FaultName, { occasions: number; next: () => number }>();
  const of = (name: FaultName) => {
    const known = state.get(name) ?? { occasions: 0, next: sequence(seed, name) };
    state.set(name, known);
    return known;
  };
  return {
    strikes(name) {
      const when = faults[name];
      if (!when) return false;
      const one = of(name);
      one.occasions += 1;
      if ("occasions" in when) return when.occasions.includes(one.occasions);
      return "rate" in when && one.next() < when.rate;
    },
    chance: (name) => of(name).next(),
    ms(name) {
      const when = faults[name];
      return when && "ms" in when ? when.ms : 0;
    },
    when: (name) => faults[name],
    set(name, when) {
      state.delete(name);
      if (when) faults[name] = when;
      else delete faults[name];
    },
  };
};

/** Nothing goes wrong. */
export const noFaults: Faults = createFaults({ seed: 0, faults: {} });

/** Numbers from 0 to below 1 that depend on the seed and the name alone. */
const sequence = (seed: number, name: string) => {
  const own = createHash("sha256").update(`${seed} ${name}`).digest().readInt32LE();
  const generator = xorshift128plus(own);
  return () => uniformFloat64(generator);
};
