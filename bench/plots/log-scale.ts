/** A logarithmic axis: where values lie on it, and which are marked. */
export interface LogScale {
  /** The place of a value above 0, in pixels. */
  at(value: number): number;
  readonly ticks: readonly number[];
}

/** Below that many powers of ten, 2 and 5 times each are marked too. */
const FEW_DECADES = 3;

/**
 * An axis that begins and ends at a mark.
 * @param values what it has to hold, all above 0
 * @param range the pixels of its beginning and its end
 */
export const logScale = (values: readonly number[], [from, to]: readonly [number, number]): LogScale => {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const powers = Array.from(
    { length: Math.ceil(Math.log10(most)) - Math.floor(Math.log10(least)) + 1 },
    (_, index) => 10 ** (Math.floor(Math.log10(least)) + index),
  );
  const steps = powers.length > FEW_DECADES ? [1] : [1, 2, 5];
  const marks = powers.flatMap((power) => steps.map((step) => step * power));
  const first = marks.findLastIndex((mark) => mark <= least);
  const last = marks.findIndex((mark) => mark >= most);
  // One value alone would be a line without a length.
  const ticks = marks.slice(first, Math.max(last, first + 1) + 1);
  const [begin, end] = [Math.log10(ticks[0] as number), Math.log10(ticks.at(-1) as number)];
  return { at: (value) => from + ((Math.log10(value) - begin) / (end - begin)) * (to - from), ticks };
};
