import type { Pattern } from "./compile.ts";
import type { EventFields, Membership } from "./event-fields.ts";

/**
 * Says whether an event matches. Values that match different fields must not come from different elements of one
 * array: `{"a": {"x": [1], "y": [2]}}` is not matched by `{"a": [{"x": 1}, {"y": 2}]}`.
 */
export const matches = (pattern: Pattern, event: EventFields): boolean =>
  pattern.branches.some((branch) => matchesBranch(branch, event));

/**
 * Goes through the fields in the order of their paths, holding every choice of array elements that is possible so far.
 * The order is part of the behaviour: `{"exists": false}` asks about the elements chosen by the fields before it.
 */
const matchesBranch = (branch: Pattern["branches"][number], event: EventFields): boolean => {
  let choices: Membership[] = [new Map()];
  for (const [index, [path, expressions]] of branch.entries()) {
    const values = event.get(path) ?? [];
    const passing = values.filter(({ scalar }) =>
      expressions.some((expression) => expression !== "absent" && expression(scalar)),
    );
    const asksForAbsence = expressions.includes("absent");
    const relevant = arraysOf(branch.slice(index + 1), event);
    const next = new Map<string, Membership>();
    for (const choice of choices) {
      const absent = asksForAbsence && !values.some(({ membership }) => agree(choice, membership));
      const chosen = passing.filter(({ membership }) => agree(choice, membership));
      for (const membership of [...(absent ? [choice] : []), ...chosen.map((value) => value.membership)]) {
        const merged = [...choice, ...membership].filter(([array]) => relevant.has(array));
        next.set(keyOf(merged), new Map(merged));
      }
    }
    if (next.size === 0) return false;
    choices = [...next.values()];
  }
  return true;
};

/** A choice in an array that no later field stands in cannot matter: forgetting it keeps the choices few. */
const arraysOf = (branch: Pattern["branches"][number], event: EventFields): Set<number> =>
  new Set(branch.flatMap(([path]) => (event.get(path) ?? []).flatMap(({ membership }) => [...membership.keys()])));

const agree = (one: Membership, other: Membership): boolean =>
  [...other].every(([array, index]) => (one.get(array) ?? index) === index);

const keyOf = (membership: [number, number][]): string => [...new Map(membership)].sort(([a], [b]) => a - b).join(";");
