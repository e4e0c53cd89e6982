/** The rows of a long list that are drawn, and the height of those before and after, which are not. */
export interface RowWindow {
  readonly first: number;
  /** The row after the last one. */
  readonly end: number;
  readonly before: number;
  readonly after: number;
}

/** Drawn beyond what is seen, so that a fast scroll shows rows and not a gap. */
const SPARE_ROWS = 12;

/** Which of `count` rows of the same height are to be drawn. Lengths in CSS pixels. */
export const rowWindow = (
  count: number,
  { top, height, row }: { readonly top: number; readonly height: number; readonly row: number },
): RowWindow => {
  const first = Math.min(Math.max(0, Math.floor(top / row) - SPARE_ROWS), Math.max(0, count - 1));
  const end = Math.min(count, Math.ceil((top + height) / row) + SPARE_ROWS);
  return { first, end, before: first * row, after: (count - end) * row };
};
