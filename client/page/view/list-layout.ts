/** Where a long list is held while it changes: at its end, or at a row with so much of it above the edge. */
export type Anchor = "end" | { readonly key: string; readonly above: number };

/** The rows that are drawn, and the height of those before and after, which are not. Lengths in CSS pixels. */
export interface RowWindow {
  readonly first: number;
  /** The row after the last one. */
  readonly end: number;
  readonly before: number;
  readonly after: number;
}

/** Drawn beyond what is seen, so that a fast scroll shows rows and not a gap. */
const SPARE = 600;
/** So close to the end is at the end. */
const NEAR_END = 24;

/** A row, as far as it matters here. */
interface Keyed {
  readonly key: string;
}

/** Where each row begins, and behind the last of them the height of all. */
export const offsetsOf = (rows: readonly Keyed[], heightOf: (key: string) => number): Float64Array => {
  const offsets = new Float64Array(rows.length + 1);
  let sum = 0;
  rows.forEach(({ key }, index) => {
    sum += heightOf(key);
    offsets[index + 1] = sum;
  });
  return offsets;
};

/** The row at a height; the last one for any below it. */
const rowAt = (offsets: Float64Array, y: number): number => {
  let low = 0;
  let high = Math.max(0, offsets.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
};

export const windowAt = (offsets: Float64Array, top: number, height: number): RowWindow => {
  const count = offsets.length - 1;
  const all = offsets[count] ?? 0;
  const first = rowAt(offsets, top - SPARE);
  const end = count === 0 ? 0 : rowAt(offsets, top + height + SPARE) + 1;
  return { first, end, before: offsets[first] ?? 0, after: all - (offsets[end] ?? all) };
};

/** What holds the list where somebody has scrolled to. */
export const anchorAt = (rows: readonly Keyed[], offsets: Float64Array, top: number, height: number): Anchor => {
  const all = offsets[rows.length] ?? 0;
  if (top + height >= all - NEAR_END) return "end";
  const row = rowAt(offsets, top);
  return { key: rows[row]?.key ?? "", above: top - (offsets[row] ?? 0) };
};

/** How far the list is scrolled by its anchor; to the end if that row is no longer there. */
export const topOf = (anchor: Anchor, rows: readonly Keyed[], offsets: Float64Array, height: number): number => {
  const end = Math.max(0, (offsets[rows.length] ?? 0) - height);
  if (anchor === "end") return end;
  const row = rows.findIndex(({ key }) => key === anchor.key);
  return row < 0 ? end : (offsets[row] ?? 0) + anchor.above;
};
