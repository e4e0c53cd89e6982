import type { Json, JsonObject } from "../../json.ts";

/**
 * Evaluates an expression without JSONata; undefined where it takes JSONata after all: for a value that is not there,
 * for a path through an array, and for every error.
 * @param lookup the value of `$name`
 */
export type PlainExpression = (lookup: (name: string) => unknown) => Json | undefined;

/** A node of JSONata's syntax tree, as far as plain expressions have them. */
interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly steps?: readonly Node[];
  readonly expressions?: readonly Node[];
  readonly arguments?: readonly Node[];
  readonly procedure?: Node;
  readonly lhs?: readonly (readonly [Node, Node])[];
}

/**
 * Compiles an expression that needs nothing of JSONata's own semantics: `$states.input.frame`, an object of such, and
 * `$merge([…])` of both. These are what states do for each of thousands of iterations, and JSONata takes some 20 times
 * as long for them, with a promise for each node.
 * @returns undefined for any other expression
 */
export const compilePlain = (ast: unknown): PlainExpression | undefined => {
  const node = ast as Node;
  if (node.type === "path") return compilePath(node);
  if (node.type === "variable") return compileVariable(node);
  if (node.type === "unary" && node.value === "{") return compileObject(node);
  return node.type === "function" ? compileMerge(node) : undefined;
};

/** Whether a node has these fields only: a filter, a sort order or a `[]` shows in a further one. */
const hasOnly = (node: Node, ...fields: readonly (keyof Node)[]): boolean => {
  const known: readonly string[] = ["type", "position", ...fields];
  return Object.entries(node).every(([field, value]) => value === undefined || known.includes(field));
};

/** `$states` itself is made anew for each expression, and no payload. */
const compileVariable = (node: Node): PlainExpression | undefined => {
  const name = String(node.value);
  if (!hasOnly(node, "value") || name === "" || name === "states") return undefined;
  return (lookup) => {
    const value = lookup(name);
    return typeof value === "function" ? undefined : (value as Json | undefined);
  };
};

const compilePath = (node: Node): PlainExpression | undefined => {
  const [first, ...steps] = node.steps ?? [];
  const isPlain = hasOnly(node, "steps") && first?.type === "variable" && hasOnly(first, "value") && first.value !== "";
  if (!isPlain || !steps.every((step) => step.type === "name" && hasOnly(step, "value"))) return undefined;
  const variable = String(first.value);
  const names = steps.map(({ value }) => String(value));
  return (lookup) => {
    let value = lookup(variable);
    for (const name of names) value = isPlainObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    return value as Json | undefined;
  };
};

/** What JSONata marks so is a function of its own to it. */
const marks = ["_jsonata_function", "_jsonata_lambda"];

const isPlainObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !marks.some((mark) => mark in value);

const compileObject = (node: Node): PlainExpression | undefined => {
  if (!hasOnly(node, "value", "lhs")) return undefined;
  const entries: { name: string; item: PlainExpression }[] = [];
  for (const [key, value] of node.lhs ?? []) {
    const name = String(key.value);
    const item = key.type === "string" && !marks.includes(name) ? compileItem(value) : undefined;
    // The same name twice is an error, which JSONata tells.
    if (!item || entries.some((entry) => entry.name === name)) return undefined;
    entries.push({ name, item });
  }
  return (lookup) => {
    const made: [string, Json][] = [];
    for (const { name, item } of entries) {
      const value = item(lookup);
      if (value === undefined) return undefined;
      made.push([name, value]);
    }
    return Object.fromEntries(made);
  };
};

const compileItem = (node: Node): PlainExpression | undefined => {
  if (node.type !== "string" || !hasOnly(node, "value")) return compilePlain(node);
  const text = String(node.value);
  return () => text;
};

const compileMerge = (node: Node): PlainExpression | undefined => {
  const { procedure, arguments: [list, ...more] = [] } = node;
  const isMerge =
    hasOnly(node, "value", "arguments", "procedure") && procedure?.type === "variable" && procedure.value === "merge";
  const isList = list?.type === "unary" && list.value === "[" && hasOnly(list, "value", "expressions");
  if (!isMerge || !isList || more.length > 0) return undefined;
  const parts = (list.expressions ?? []).map(compilePlain);
  if (!parts.every((part) => part !== undefined)) return undefined;
  return (lookup) => {
    // A variable may have taken the function's name.
    if (lookup("merge") !== undefined) return undefined;
    let merged: JsonObject = {};
    for (const part of parts) {
      const value = part(lookup);
      if (!isPlainObject(value)) return undefined;
      merged = { ...merged, ...value };
    }
    return merged;
  };
};
