/** A logarithmic axis: where values lie on it, and which are marked. */
export interface LogScale {
  /** The place of a value above 0, in pixels. */
  at(value: number): number;
  readonly ticks: readonly number[];
}

/** What is marked of each power of ten: the coarsest of these that gives enough marks. */
const LADDERS = [
  [1],
  [1, 2, 5],
  [1, 1.5, 2, 3, 4, 5, 7],
  Array.from({ length: 90 }, (_, index) => Number((1 + index / 10).toFixed(1))),
];
const ENOUGH = 4;

/**
 * An axis that begins and ends at a mark.
 * @param values what it has to hold, all above 0
 * @param range the pixels of its beginning and its end
 */
export const logScale = (values: readonly number[], [from, to]: readonly [number, number]): LogScale => {
  const span = [Math.min(...values), Math.max(...values)] as const;
  const candidates = LADDERS.map((steps) => marks(steps, span));
  const most = Math.max(...candidates.map(({ length }) => length));
  const ticks = candidates.find(({ length }) => length >= Math.min(ENOUGH, most)) as number[];
  const [begin, end] = [Math.log10(ticks[0] as number), Math.log10(ticks.at(-1) as number)];
  return { at: (value) => from + ((Math.log10(value) - begin) / (end - begin)) * (to - from), ticks };
};

/** The marks from the last below the least value to the first above the greatest: two or more. */
const marks = (steps: readonly number[], [least, greatest]: readonly [number, number]): number[] => {
  const [low, high] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(greatest))];
  const powers = Array.from({ length: high - low + 2 }, (_, index) => low + index);
  const all = powers.flatMap((power) => steps.map((step) => Number(`${step}e${power}`)));
  const first = all.findLastIndex((mark) => mark <= least);
  const last = all.findIndex((mark) => mark >= greatest);
  return all.slice(first, Math.max(last, first + 1) + 1);
};
