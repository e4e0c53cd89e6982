/**
 * A JSON document whose scalars are kept as texts: a string with its opening and closing quote (not escaped), any
 * other as it was written. EventBridge compares texts, so `300`, `300.0` and `3e2` are different literals to it
 * (a literal number also matches by value), and a quoted `"null"` is not `null`.
 */
export type Tree = string | Tree[] | { [key: string]: Tree };

type Reviver = (key: string, value: unknown, context: { source: string }) => unknown;
// TypeScript's library does not know the reviver's third argument yet (ECMAScript's JSON.parse source text access).
const parse = JSON.parse as (text: string, reviver: Reviver) => Tree;

/**
 * Reads JSON text. A key that occurs twice in one object counts once: the last one wins.
 * @throws SyntaxError where the text is not JSON.
 */
export const treeOf = (text: string): Tree =>
  parse(text, (_key, value, { source }) => {
    if (typeof value === "string") return `"${value}"`;
    return typeof value === "object" && value !== null ? value : source;
  });

/** The string that a scalar's text stands for; undefined for numbers, `true`, `false`, `null`. */
export const stringOf = (tree: Tree | undefined): string | undefined =>
  typeof tree === "string" && tree.startsWith('"') ? tree.slice(1, -1) : undefined;

/** The number that a scalar's text stands for; undefined for anything else and for one that no double can hold. */
export const numberOf = (tree: Tree | undefined): number | undefined => {
  if (typeof tree !== "string" || !/^[-\d]/.test(tree)) return undefined;
  const value = Number(tree);
  const vanished = value === 0 && /[1-9]/.test(tree.replace(/e.*/i, ""));
  return Number.isFinite(value) && !vanished ? value : undefined;
};

/** The keys and values of an object; undefined for anything else. */
export const entriesOf = (tree: Tree | undefined): [string, Tree][] | undefined =>
  typeof tree === "object" && !Array.isArray(tree) ? Object.entries(tree) : undefined;
