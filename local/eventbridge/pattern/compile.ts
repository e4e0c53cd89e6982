import type { JsonObject } from "../../json.ts";
import { type Expression, expressionOf, isMatchType } from "./expression.ts";
import { invalidPattern } from "./invalid.ts";
import { entriesOf, type Tree, treeOf } from "./tree.ts";

/** Each field that must match, by its dotted path, and the expressions of which one must. */
type Branch = Map<string, readonly Expression[]>;

/** A compiled event pattern: the event matches when one of the branches does. Made by `compilePattern`. */
export interface Pattern {
  /** The branches' fields, in the order of their paths. */
  readonly branches: readonly (readonly [path: string, expressions: readonly Expression[]][])[];
}

/** The quota on what the `$or` of one pattern multiply to, as EventBridge documents it for rules. */
const MOST_BRANCHES = 1000;

/**
 * Compiles an event pattern, as JSON text or as the object of a template.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 * @throws AwsError `InvalidEventPatternException` saying what is wrong.
 */
export const compilePattern = (pattern: string | JsonObject): Pattern => {
  const fields = entriesOf(read(typeof pattern === "string" ? pattern : JSON.stringify(pattern)));
  if (!fields) throw invalidPattern("Filter is not an object");
  const branches = compileObject(fields, [], [new Map()]);
  return { branches: branches.map((branch) => [...branch].sort(([a], [b]) => (a < b ? -1 : 1))) };
};

const read = (text: string): Tree => {
  try {
    return treeOf(text);
  } catch (error) {
    throw invalidPattern(error instanceof SyntaxError ? error.message : String(error));
  }
};

const compileObject = (fields: [string, Tree][], path: string[], branches: Branch[]): Branch[] => {
  if (fields.length === 0) throw invalidPattern("Empty objects are not allowed");
  return fields.reduce((all, [name, tree]) => compileField(name, tree, path, all), branches);
};

const compileField = (name: string, tree: Tree, path: string[], branches: Branch[]): Branch[] => {
  if (name === "$or" && isAlternatives(tree)) {
    const alternatives = tree.flatMap((alternative) => compileObject(Object.entries(alternative), path, branches));
    if (alternatives.length > MOST_BRANCHES) throw invalidPattern(`$or makes more than ${MOST_BRANCHES} combinations`);
    return alternatives;
  }
  const inner = [...path, name];
  if (Array.isArray(tree)) {
    if (tree.length === 0) throw invalidPattern("Empty arrays are not allowed");
    const expressions = tree.map(expressionOf);
    // A field given both outside and inside of $or is the latter's: EventBridge overrides, it does not intersect.
    return branches.map((branch) => new Map(branch).set(inner.join("."), expressions));
  }
  const fields = entriesOf(tree);
  if (!fields) throw invalidPattern(`"${name}" must be an object or an array`);
  return compileObject(fields, inner, branches);
};

/**
 * `$or` was a name that fields could have before it meant anything, and still is one where it could not be meant:
 * unless it is an array of at least two objects, none of them empty or with a match expression's name as a field.
 */
const isAlternatives = (tree: Tree): tree is { [key: string]: Tree }[] =>
  Array.isArray(tree) &&
  tree.length >= 2 &&
  tree.every((alternative) => {
    const fields = entriesOf(alternative);
    return fields && fields.length > 0 && !fields.some(([name]) => isMatchType(name));
  });
