import { anythingBut } from "./anything-but.ts";
import { inBlock } from "./cidr.ts";
import { invalidPattern } from "./invalid.ts";
import { inRange } from "./numeric.ts";
import { equalIgnoringCase, matchesWildcard, type TextTest } from "./text.ts";
import { entriesOf, numberOf, stringOf, type Tree } from "./tree.ts";

/** What one element of a field's array asks of the event: a value that passes, or that there is no such field. */
export type Expression = ((scalar: string) => boolean) | "absent";

/** The match expression, `{"prefix": "a"}`, or the literal that stands in a field's array. */
export const expressionOf = (tree: Tree): Expression => {
  if (Array.isArray(tree)) throw invalidPattern("Match value must be String, number, true, false, or null");
  const entries = entriesOf(tree);
  if (!entries) return literal(String(tree));
  const [entry, another] = entries;
  if (!entry) throw invalidPattern("Empty objects are not allowed");
  const compile = isMatchType(entry[0]) ? expressions[entry[0]] : undefined;
  if (!compile) throw invalidPattern(`Unrecognized match type ${entry[0]}`);
  if (another) throw invalidPattern("Only one key allowed in match expression");
  return compile(entry[1]);
};

/** The names of the match expressions; a `$or` with one of them as a field is an ordinary field. */
export const isMatchType = (name: string): boolean => Object.hasOwn(expressions, name);

/** A number matches by its text or by its value: `[300]` matches `3.0e2`. */
const literal = (text: string): Expression => {
  const number = numberOf(text);
  return number === undefined
    ? (scalar) => scalar === text
    : (scalar) => scalar === text || numberOf(scalar) === number;
};

const text = (name: string, compile: (value: string) => TextTest) => (tree: Tree) => {
  const value = stringOf(tree);
  if (value === undefined) throw invalidPattern(`${name} match pattern must be a string`);
  return onText(compile(value));
};

const onText = (test: TextTest) => (scalar: string) => {
  const candidate = stringOf(scalar);
  return candidate !== undefined && test(candidate);
};

/** `prefix` and `suffix` take a string or `{"equals-ignore-case": string}`. */
const affix = (where: "prefix" | "suffix", compile: (value: string) => TextTest) => {
  const exact = text(where, compile);
  const anyCase = text(`equals-ignore-case ${where}`, (value) => equalIgnoringCase(value, where));
  return (tree: Tree) => {
    const [inner, another] = entriesOf(tree) ?? [];
    if (!inner) return exact(tree);
    if (inner[0] !== "equals-ignore-case") throw invalidPattern(`Unsupported ${where} match pattern: ${inner[0]}`);
    if (another) throw invalidPattern("Only one key allowed in match expression");
    return anyCase(inner[1]);
  };
};

const exists = (tree: Tree): Expression => {
  if (tree !== "true" && tree !== "false") throw invalidPattern("exists match pattern must be either true or false.");
  return tree === "true" ? () => true : "absent";
};

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
const expressions: Record<string, (tree: Tree) => Expression> = {
  exactly: text("exact", (value) => (candidate) => candidate === value),
  prefix: affix("prefix", (value) => (candidate) => candidate.startsWith(value)),
  suffix: affix("suffix", (value) => (candidate) => candidate.endsWith(value)),
  "equals-ignore-case": text("equals-ignore-case", (value) => equalIgnoringCase(value, "whole")),
  wildcard: text("wildcard", matchesWildcard),
  cidr: text("cidr", inBlock),
  numeric: (tree) => {
    const test = inRange(tree);
    return (scalar) => {
      const value = numberOf(scalar);
      return value !== undefined && test(value);
    };
  },
  exists,
  "anything-but": anythingBut,
};
