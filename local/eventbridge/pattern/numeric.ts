import { invalidPattern } from "./invalid.ts";
import { numberOf, type Tree } from "./tree.ts";

type NumberTest = (value: number) => boolean;

const above = new Map<string, (limit: number) => NumberTest>([
  [">", (limit) => (value) => value > limit],
  [">=", (limit) => (value) => value >= limit],
]);
const below = new Map<string, (limit: number) => NumberTest>([
  ["<", (limit) => (value) => value < limit],
  ["<=", (limit) => (value) => value <= limit],
]);

/** `numeric`: `["=", n]`, one bound, or a lower and then an upper one: `[">", 0, "<=", 5]`. */
export const inRange = (expression: Tree): NumberTest => {
  const terms = Array.isArray(expression) ? expression : [];
  const [first, from, second, to] = [terms[0], numberOf(terms[1]), terms[2], numberOf(terms[3])];
  const [lower, upper] = [textOf(first), textOf(second)];
  if (from === undefined || (terms.length === 4 && to === undefined) || (terms.length !== 2 && terms.length !== 4)) {
    throw invalidPattern("numeric takes an operator and a number, or two of each");
  }
  if (terms.length === 2) {
    if (lower === "=") return (value) => value === from;
    const test = (above.get(lower) ?? below.get(lower))?.(from);
    if (!test) throw invalidPattern(`Unrecognized numeric range operator: ${lower}`);
    return test;
  }
  const [isAbove, isBelow] = [above.get(lower)?.(from), below.get(upper)?.(to ?? from)];
  if (!isAbove || !isBelow)
    throw invalidPattern("A numeric range is a lower bound (>, >=) and then an upper one (<, <=)");
  if (to === undefined || from >= to) throw invalidPattern("Bottom must be less than top");
  return (value) => isAbove(value) && isBelow(value);
};

const textOf = (term: Tree | undefined) => (typeof term === "string" ? term.slice(1, -1) : "");
