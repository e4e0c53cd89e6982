/**
 * Lets the arrow keys, Home and End move between the rows of a table: from one row's `data-row` element to the next
 * one's. For the table's `onKeyDown`.
 */
export const moveBetweenRows = (event: KeyboardEvent): void => {
  const { currentTarget, target, key } = event;
  if (!(currentTarget instanceof HTMLElement) || !(target instanceof HTMLElement)) return;
  const stops = [...currentTarget.querySelectorAll<HTMLElement>("[data-row]")];
  const here = stops.indexOf(target);
  const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: stops.length - 1 }[key];
  if (here < 0 || to === undefined) return;
  event.preventDefault();
  stops[to]?.focus();
};
