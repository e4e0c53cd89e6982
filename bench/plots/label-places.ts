/** The height of a line of text, in pixels. */
const LINE = 18;

/**
 * Where labels go that should be at these heights: each as near as it can be without covering another, in the same
 * order from the top, all within the range.
 */
export const labelPlaces = (wanted: readonly number[], [top, bottom]: readonly [number, number]): number[] => {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] as number) - (wanted[b] as number));
  const places = [...wanted];
  let above = top - LINE;
  for (const index of order) {
    above = Math.max(places[index] as number, above + LINE);
    places[index] = above;
  }
  let below = bottom + LINE;
  for (const index of order.toReversed()) {
    below = Math.min(places[index] as number, below - LINE);
    places[index] = below;
  }
  return places;
};
