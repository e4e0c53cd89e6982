import type { Json, JsonObject } from "../json.ts";
import { evaluate } from "./evaluate.ts";
import { list, pair, text } from "./intrinsic-functions.ts";
import type { Scope } from "./scope.ts";
import { type Problem, Unresolved } from "./template-error.ts";

/** The template's conditions, all of them evaluated. */
export interface Conditions {
  /** @throws Error for a condition that the template does not have, Unresolved for one with a problem of its own. */
  holds(name: string): boolean;
  readonly problems: readonly Problem[];
}

/**
 * Evaluates the Conditions section. They see parameters and mappings, not resources.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
export const createConditions = (section: JsonObject, values: Pick<Scope, "ref" | "mapped">): Conditions => {
  const results = new Map<string, boolean | "open" | "failed">();
  const problems: Problem[] = [];

  const holds = (name: string): boolean => {
    const known = results.get(name);
    if (typeof known === "boolean") return known;
    if (known === "failed") throw new Unresolved([]);
    if (known === "open") throw new Error(`The condition ${name} depends on itself`);
    if (!Object.hasOwn(section, name)) throw new Error(`There is no condition ${name}`);
    results.set(name, "open");
    try {
      const result = truth(section[name] as Json, scope);
      results.set(name, result);
      return result;
    } catch (error) {
      results.set(name, "failed");
      const subject = { logicalId: name, type: "Condition" };
      if (error instanceof Unresolved) problems.push(...error.problems.map((problem) => ({ ...problem, subject })));
      else problems.push({ subject, path: "", message: error instanceof Error ? error.message : String(error) });
      throw new Unresolved([]);
    }
  };
  const scope: Scope = {
    ...values,
    condition: holds,
    attribute: () => {
      throw new Error("A condition cannot ask for an attribute: it is evaluated before any resource is there");
    },
  };

  for (const name of Object.keys(section)) {
    try {
      holds(name);
    } catch (error) {
      if (!(error instanceof Unresolved)) throw error;
    }
  }
  return { holds, problems };
};

const truth = (expression: Json, scope: Scope): boolean => {
  const [name, argument, more] =
    typeof expression === "object" && expression !== null ? Object.entries(expression).flat() : [];
  const operator = more === undefined ? operators.get(String(name)) : undefined;
  if (operator) return operator(argument as Json, scope);
  throw new Error(`A condition is one of ${[...operators.keys()].join(", ")}; this is ${JSON.stringify(expression)}`);
};

const operators: ReadonlyMap<string, (argument: Json, scope: Scope) => boolean> = new Map([
  ["Condition", (name: Json, scope: Scope) => scope.condition(text(name, "Condition takes a name"))],
  [
    "Fn::Equals",
    (argument: Json, scope: Scope) => {
      const [left, right] = pair(argument, "Fn::Equals takes two values").map((side) =>
        evaluate(side, scope, "Fn::Equals"),
      );
      const form = "Fn::Equals compares texts";
      return text(left, form) === text(right, form);
    },
  ],
  ["Fn::And", (argument: Json, scope: Scope) => several(argument, "Fn::And").every((part) => truth(part, scope))],
  ["Fn::Or", (argument: Json, scope: Scope) => several(argument, "Fn::Or").some((part) => truth(part, scope))],
  [
    "Fn::Not",
    (argument: Json, scope: Scope) => {
      const [part, more] = list(argument, "Fn::Not takes a list of one condition");
      if (part === undefined || more !== undefined) throw new Error("Fn::Not takes a list of one condition");
      return !truth(part, scope);
    },
  ],
]);

const several = (argument: Json, name: string): Json[] => {
  const parts = list(argument, `${name} takes a list of conditions`);
  if (parts.length < 2 || parts.length > 10) throw new Error(`${name} takes 2 to 10 conditions, not ${parts.length}`);
  return parts;
};
