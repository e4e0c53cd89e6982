import type { Json } from "../../json.ts";
import { compileExpression, type Expression, expressionText } from "./expression.ts";
import { asPayload } from "./payload.ts";

/** What the expressions of one state see at one moment. */
export interface Scope {
  /** The variable, function or `$states` of this name, which is given without the dollar sign. */
  lookup(name: string): unknown;
  /** All of them. */
  bindings(): Record<string, unknown>;
  /** Ends the evaluation with `States.QueryEvaluationError`. @param location the field, as in `Arguments/FunctionName`. */
  fail(location: string, message: string): never;
}

/** A field of a state with its expressions compiled. */
export type Template<Value extends Json = Json> = (scope: Scope) => Promise<Value> | Value;

/** Takes what is wrong with a field of the definition. */
export type Problem = (field: string, message: string) => void;

/** Compiles a value in which any string may be a JSONata expression; a value without any costs nothing to evaluate. */
export const compileTemplate = (value: Json, field: string, problem: Problem): Template => {
  if (!hasExpression(value)) return () => value;
  if (typeof value === "string") return compileText(value, field, problem);
  if (Array.isArray(value)) {
    const items = value.map((item, index) => compileTemplate(item, `${field}[${index}]`, problem));
    return async (scope) => {
      const result: Json[] = [];
      for (const item of items) result.push(await item(scope));
      return result;
    };
  }
  const entries = Object.entries(value as object).map(
    ([key, item]) => [key, compileTemplate(item, `${field}/${key}`, problem)] as const,
  );
  return async (scope) => {
    const result: [string, Json][] = [];
    for (const [key, item] of entries) result.push([key, await item(scope)]);
    return Object.fromEntries(result);
  };
};

/** The types that a field may have to have, as error messages name them. */
export interface FieldTypes {
  array: Json[];
  boolean: boolean;
  number: number;
  string: string;
}

/** Compiles a field whose value must be of one type: a literal is what the schema took, an expression is checked. */
export const compileTyped = <Type extends keyof FieldTypes>(
  value: FieldTypes[Type] | string,
  type: Type,
  field: string,
  problem: Problem,
): Template<FieldTypes[Type]> => {
  const template = compileTemplate(value, field, problem);
  const source = typeof value === "string" ? expressionText(value) : undefined;
  if (source === undefined) return template as Template<FieldTypes[Type]>;
  return async (scope) => {
    const result = await template(scope);
    if (typeOf(result) === type) return result as FieldTypes[Type];
    return scope.fail(
      field,
      `The JSONata expression '${source}' specified for the field '${field}' returned an unexpected result type. ` +
        `Expected '${type}', but was '${typeOf(result)}' for value: ${JSON.stringify(result)}`,
    );
  };
};

const compileText = (text: string, field: string, problem: Problem): Template => {
  const source = expressionText(text) ?? "";
  const expression = compiled(source, field, problem);
  const subject = `The JSONata expression '${source}' specified for the field '${field}'`;
  const evaluate = async (scope: Scope): Promise<Json> => {
    const result = asPayload(
      await expression
        .evaluate(scope.bindings())
        .catch((error: { code?: string; message?: string }) =>
          scope.fail(
            field,
            `${subject} threw an error during evaluation. ${error.code ? `${error.code}: ` : ""}${error.message ?? error}`,
          ),
        ),
    );
    return result ?? (result === null ? null : scope.fail(field, `${subject} returned nothing (undefined).`));
  };
  // What is made of payloads is one: it holds no marks of JSONata's.
  return (scope) => expression.plain?.(scope.lookup) ?? evaluate(scope);
};

const compiled = (source: string, field: string, problem: Problem): Expression => {
  try {
    return compileExpression(source);
  } catch (error) {
    problem(field, (error as Error).message);
    return { evaluate: async () => undefined, plain: undefined };
  }
};

const hasExpression = (value: Json): boolean => {
  if (typeof value === "string") return expressionText(value) !== undefined;
  return typeof value === "object" && value !== null && Object.values(value).some(hasExpression);
};

const typeOf = (value: Json) => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);
