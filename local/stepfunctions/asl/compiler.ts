import * as v from "valibot";
import type { Json, JsonObject } from "../../json.ts";
import type { Flow, State } from "./flow.ts";
import type { Integration } from "./integration.ts";
import { refusal } from "./refusals.ts";
import type { FieldTypes, Problem, Template } from "./template.ts";

/** What a type of state needs to compile one state; each call that finds something wrong reports it as a problem. */
export interface Compiler {
  readonly problem: Problem;
  /** Compiles a field in which any string may be an expression. */
  template(value: Json, field: string): Template;
  /** Compiles a field that must have one type. */
  typed<Type extends keyof FieldTypes>(
    value: FieldTypes[Type] | string,
    type: Type,
    field: string,
  ): Template<FieldTypes[Type]>;
  /** Notes that the state may go on to `target`. */
  target(field: string, target: string): void;
  /** Notes that the state assigns the variable `name`. */
  assigns(field: string, name: string): void;
  /** Compiles a branch or an ItemProcessor. */
  flow(definition: FlowDefinition, field: string): Flow;
  /** The service that a Task state's Resource stands for. */
  integration(resource: string, args: Json | undefined): Integration | undefined;
}

/** States and where to begin, as the definition writes them. */
export interface FlowDefinition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, JsonObject>>;
}

/** Compiles a state of one type; undefined when its fields are wrong, which it has then reported. */
export type CompileState = (definition: JsonObject, compiler: Compiler) => State["run"] | undefined;

/** A type of state: what fields it has, and what it does. */
export const stateType =
  <Schema extends v.GenericSchema>(
    schema: Schema,
    compile: (state: v.InferOutput<Schema>, compiler: Compiler) => State["run"],
  ): CompileState =>
  (definition, compiler) => {
    const fields = checked(schema, definition, compiler.problem);
    return fields && compile(fields, compiler);
  };

/** Checks a part of the definition. @returns undefined when something is wrong, which it has then reported. */
export const checked = <Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  problem: Problem,
): v.InferOutput<Schema> | undefined => {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  for (const issue of result.issues) {
    const keys = (issue.path ?? []).map(({ key }) => key);
    const field = keys.reduce<string>(
      (path, key) => (typeof key === "number" ? `${path}[${key}]` : path ? `${path}.${key}` : String(key)),
      "",
    );
    problem(field, reasonOf(issue, String(keys.at(-1))));
  }
  return undefined;
};

const reasonOf = ({ type, expected, received, message }: v.BaseIssue<unknown>, field: string): string => {
  if (type === "strict_object" && expected === "never") return refusal(field);
  return type === "strict_object" && received === "undefined" ? "is missing" : message;
};
