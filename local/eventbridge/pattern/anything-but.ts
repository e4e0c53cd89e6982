import { invalidPattern } from "./invalid.ts";
import { equalIgnoringCase, matchesWildcard, type TextTest } from "./text.ts";
import { entriesOf, numberOf, stringOf, type Tree } from "./tree.ts";

type ScalarTest = (scalar: string) => boolean;

/**
 * `anything-but`: a string, a number, a list of either, or `{"prefix": …}`, `suffix`, `equals-ignore-case`, `wildcard`
 * of a string or a list. It asks for a value that is none of them, so an absent field does not pass, and of an array
 * one such element is enough.
 */
export const anythingBut = (tree: Tree): ScalarTest => {
  const entries = entriesOf(tree);
  return entries ? noneOf(textsBut(entries)) : noneOf(literals(tree));
};

const noneOf = (tests: ScalarTest[]) => (scalar: string) => !tests.some((test) => test(scalar));

const listOf = (tree: Tree): Tree[] => {
  const list = Array.isArray(tree) ? tree : [tree];
  if (list.length === 0) throw invalidPattern("Empty arrays are not allowed");
  return list;
};

const literals = (tree: Tree): ScalarTest[] => {
  const list = listOf(tree);
  const [texts, numbers] = [list.map(stringOf), list.map(numberOf)];
  if (!texts.includes(undefined)) return texts.map((text) => (scalar) => stringOf(scalar) === text);
  if (!numbers.includes(undefined)) return numbers.map((number) => (scalar) => numberOf(scalar) === number);
  throw invalidPattern("Inside anything-but, the values are all strings or all numbers");
};

const textTests: Record<string, (value: string) => TextTest> = {
  prefix: (value) => {
    const prefix = notEmpty(value, "prefix");
    return (text) => text.startsWith(prefix);
  },
  suffix: (value) => {
    const suffix = notEmpty(value, "suffix");
    return (text) => text.endsWith(suffix);
  },
  "equals-ignore-case": (value) => equalIgnoringCase(value, "whole"),
  wildcard: matchesWildcard,
};

const notEmpty = (value: string, name: string) => {
  if (value === "") throw invalidPattern(`Null ${name} not allowed`);
  return value;
};

const textsBut = (entries: [string, Tree][]): ScalarTest[] => {
  const [entry, another] = entries;
  const compile = entry && Object.hasOwn(textTests, entry[0]) ? textTests[entry[0]] : undefined;
  if (!entry || !compile) throw invalidPattern(`Unsupported anything-but pattern: ${entry?.[0] ?? "an empty object"}`);
  if (another) throw invalidPattern("Only one key allowed in match expression");
  return listOf(entry[1]).map((tree) => {
    const value = stringOf(tree);
    if (value === undefined) throw invalidPattern(`Inside anything-but ${entry[0]}, the values are strings`);
    const test = compile(value);
    return (scalar) => {
      const text = stringOf(scalar);
      return text !== undefined && test(text);
    };
  });
};
