import { arnWildcard, type Matches, wildcard } from "./wildcard.ts";

/** One line of a Condition block: the operator as written, the key in lower case, the values. */
export interface ConditionLine {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** What a request gives for a condition key in lower case; undefined where it has none. */
export type ContextValue = (key: string) => string | readonly string[] | undefined;

interface Operator {
  /** Compiles one value of the policy. */
  compile(value: string): Matches;
  /** `StringNotEquals` and its like hold where no value matches, and where the key is missing. */
  readonly negated: boolean;
}

const equal =
  (value: string): Matches =>
  (given) =>
    given === value;
const equalIgnoringCase = (value: string): Matches => {
  const lower = value.toLowerCase();
  return (given) => given.toLowerCase() === lower;
};
const numeric =
  (compare: (given: number, value: number) => boolean) =>
  (value: string): Matches =>
  (given) =>
    compare(Number(given), Number(value));
const is = (compile: (value: string) => Matches): Operator => ({ compile, negated: false });
const isNot = (compile: (value: string) => Matches): Operator => ({ compile, negated: true });

const operators: ReadonlyMap<string, Operator> = new Map([
  ["StringEquals", is(equal)],
  ["StringNotEquals", isNot(equal)],
  ["StringEqualsIgnoreCase", is(equalIgnoringCase)],
  ["StringNotEqualsIgnoreCase", isNot(equalIgnoringCase)],
  ["StringLike", is(wildcard)],
  ["StringNotLike", isNot(wildcard)],
  // AWS documents ArnEquals and ArnLike as behaving the same.
  ["ArnEquals", is(arnWildcard)],
  ["ArnLike", is(arnWildcard)],
  ["ArnNotEquals", isNot(arnWildcard)],
  ["ArnNotLike", isNot(arnWildcard)],
  ["Bool", is(equalIgnoringCase)],
  ["NumericEquals", is(numeric((given, value) => given === value))],
  ["NumericNotEquals", isNot(numeric((given, value) => given === value))],
  ["NumericLessThan", is(numeric((given, value) => given < value))],
  ["NumericLessThanEquals", is(numeric((given, value) => given <= value))],
  ["NumericGreaterThan", is(numeric((given, value) => given > value))],
  ["NumericGreaterThanEquals", is(numeric((given, value) => given >= value))],
]);

const parts = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

/** Whether an operator, with its prefix and suffix, is one of those evaluated here. */
export const isOperator = (name: string): boolean => name === "Null" || operators.has(parts.exec(name)?.[2] ?? "");

/**
 * Compiles one line of a Condition block.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export const compileCondition = ({ operator, key, values }: ConditionLine): ((value: ContextValue) => boolean) => {
  if (operator === "Null") return (value) => values.includes(String(value(key) === undefined));
  const [, set, name = "", ifExists] = parts.exec(operator) ?? [];
  const known = operators.get(name);
  if (!known) throw new Error(`The condition operator ${operator} is not evaluated here`);
  const { compile, negated } = known;
  const matchers = values.map(compile);
  const holdsFor: Matches = (given) => matchers.some((matches) => matches(given)) !== negated;
  const whenMissing = ifExists !== undefined || set === "ForAllValues" || (set === undefined && negated);

  return (value) => {
    const found = value(key);
    if (found === undefined) return whenMissing;
    if (typeof found === "string") return holdsFor(found);
    // A key of many values without a set operator counts as the set of them: one match decides.
    return set === "ForAllValues" || (set === undefined && negated) ? found.every(holdsFor) : found.some(holdsFor);
  };
};
