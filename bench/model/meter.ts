import { NOTHING, UNITS, type Usage } from "./usage.ts";

/** Counts what is used. */
export interface Meter {
  count(unit: keyof Usage, amount: number): void;
  usage(): Usage;
}

/** Counts in place: a million deliveries are counted several times each. */
export const createMeter = (): Meter => {
  const counts = new Float64Array(UNITS.length);
  const places = new Map(UNITS.map((unit, place) => [unit, place]));
  return {
    count(unit, amount) {
      const place = places.get(unit)!;
      counts[place] = counts[place]! + amount;
    },
    usage: () => ({ ...NOTHING, ...Object.fromEntries(UNITS.map((unit, place) => [unit, counts[place]!])) }),
  };
};
