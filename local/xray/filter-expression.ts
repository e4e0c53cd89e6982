import { AwsError } from "../aws/error.ts";
import type { Json } from "../json.ts";
import type { Facts, TraceFacts } from "./facts.ts";

/** Whether a trace is meant. */
export type Filter = (trace: TraceFacts) => boolean;

type OfService = (facts: Facts) => boolean;

const tokens =
  /\s*(?:(?<word>[A-Za-z][\w.]*(?:\[\w+\])?)|(?<text>"(?:[^"\\]|\\.)*")|(?<number>-?\d+(?:\.\d+)?)|(?<sign><=|>=|!=|[=<>!(){},]))/y;

const flags: Readonly<Record<string, OfService>> = {
  ok: ({ error, fault, throttle }) => !error && !fault && !throttle,
  error: ({ error }) => error,
  fault: ({ fault }) => fault,
  throttle: ({ throttle }) => throttle,
  partial: ({ partial }) => partial,
};

const numbers: Readonly<Record<string, (facts: Facts) => number>> = {
  responsetime: ({ responseTime }) => responseTime,
  duration: ({ duration }) => duration,
};

const comparisons: Readonly<Record<string, (one: Json, other: Json) => boolean>> = {
  "=": (one, other) => one === other,
  "!=": (one, other) => one !== other,
  "<": (one, other) => typeof one === "number" && typeof other === "number" && one < other,
  "<=": (one, other) => typeof one === "number" && typeof other === "number" && one <= other,
  ">": (one, other) => typeof one === "number" && typeof other === "number" && one > other,
  ">=": (one, other) => typeof one === "number" && typeof other === "number" && one >= other,
};

/**
 * Reads a filter expression: terms joined by AND, which may be left out. A term is a flag (`ok`, `error`, `fault`,
 * `throttle`, `partial`), `responsetime` or `duration` compared with seconds, `annotation.key` or `annotation[key]`
 * compared with a value, or `service("name") { … }`; `!` turns it round.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-console-filters.html
 * @throws AwsError `InvalidRequestException` naming what X-Ray knows and is not read here, or what nobody knows
 */
export const readFilter = (expression: string): Filter => {
  const words = wordsOf(expression);
  const take = () => words.shift();
  const expect = (word: string) => {
    const found = take();
    if (found !== word) throw invalid(`${word} is expected, and there is ${found ?? "nothing more"}`);
  };

  const comparison = (): ((one: Json) => boolean) | undefined => {
    const compare = comparisons[words[0] ?? ""];
    if (!compare) return undefined;
    take();
    const other = literal(take());
    return (one) => compare(one, other);
  };

  const term = (): Filter => {
    const word = take() ?? "";
    if (word === "!") return not(term());
    if (word === "service") return service();
    const [, key] = /^annotation(?:\.|\[)(\w+)\]?$/.exec(word) ?? [];
    if (key) return annotation(key, comparison());
    return ofFacts(word);
  };
  const ofFacts = (word: string): OfService => {
    const flag = Object.hasOwn(flags, word) && flags[word];
    const number = Object.hasOwn(numbers, word) && numbers[word];
    const holds = comparison();
    if (flag) return holds ? (facts) => holds(flag(facts)) : flag;
    if (number && holds) return (facts) => holds(number(facts));
    throw invalid(`${word || "nothing"} is not read here: flags, responsetime, duration, annotation and service are`);
  };
  const service = (): Filter => {
    expect("(");
    const name = words[0] === ")" ? undefined : literal(take());
    expect(")");
    const inner = words[0] === "{" ? braces() : () => true;
    return ({ services }) => services.some((one) => (name === undefined || one.name === name) && inner(one.facts));
  };
  const braces = (): OfService => {
    expect("{");
    const all: OfService[] = [];
    while (words.length > 0 && words[0] !== "}") {
      const turned = words[0] === "!" && take();
      const one = ofFacts(take() ?? "");
      all.push(turned ? not(one) : one);
      if (words[0] === "AND") take();
    }
    expect("}");
    return (facts) => all.every((one) => one(facts));
  };

  const terms: Filter[] = [];
  while (words.length > 0) {
    terms.push(term());
    if (words[0] === "AND") take();
  }
  return (trace) => terms.every((one) => one(trace));
};

const wordsOf = (expression: string): string[] => {
  const words: string[] = [];
  tokens.lastIndex = 0;
  for (let at = 0; expression.slice(at).trim() !== ""; at = tokens.lastIndex) {
    const [token] = tokens.exec(expression) ?? [];
    if (token === undefined) throw invalid(`it cannot be read from here on: ${expression.slice(at).trim()}`);
    words.push(token.trim());
  }
  return words;
};

const annotation =
  (key: string, holds: (value: Json) => boolean = () => true): Filter =>
  ({ annotations }) =>
    annotations.some((one) => one.key === key && holds(one.value));

const not =
  <Subject>(filter: (subject: Subject) => boolean) =>
  (subject: Subject) =>
    !filter(subject);

/** A text, a number, `true` or `false`. */
const literal = (word = ""): Json => {
  try {
    return JSON.parse(word);
  } catch {
    throw invalid(`${word || "nothing"} is no value: it is "text", a number, true or false`);
  }
};

const invalid = (reason: string) =>
  new AwsError("InvalidRequestException", `The filter expression is not valid: ${reason}.`);
