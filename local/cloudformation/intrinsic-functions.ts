import type { Json, JsonObject } from "../json.ts";
import type { Scope } from "./scope.ts";
import { parseSub } from "./sub.ts";

/** What a function works with beside its argument. */
interface Around {
  readonly scope: Scope;
  /** An argument with the functions in it run. */
  evaluate(argument: Json): Json | undefined;
}

type IntrinsicFunction = (argument: Json, around: Around) => Json | undefined;

/** Whether an object's key names an intrinsic function. `Condition` counts in the Conditions section only. */
export const isFunctionName = (key: string): boolean => key === "Ref" || key.startsWith("Fn::");

/**
 * The functions by name. Each throws an Error that says what is wrong with its argument.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export const intrinsicFunctions: ReadonlyMap<string, IntrinsicFunction> = new Map<string, IntrinsicFunction>([
  ["Ref", (name, { scope }) => scope.ref(text(name, "Ref takes a name"))],
  ["Fn::GetAtt", (argument, around) => getAtt(argument, around)],
  [
    "Fn::Join",
    (argument, { evaluate }) => {
      const [delimiter, values] = pair(argument, "Fn::Join takes [delimiter, values]");
      return list(evaluate(values), "Fn::Join joins a list")
        .map((value) => text(value, "Fn::Join joins texts"))
        .join(text(delimiter, "the delimiter of Fn::Join is a text"));
    },
  ],
  ["Fn::Sub", (argument, around) => substitute(argument, around)],
  [
    "Fn::Select",
    (argument, { evaluate }) => {
      const [index, values] = pair(argument, "Fn::Select takes [index, values]");
      const entries = list(evaluate(values), "Fn::Select selects from a list");
      const entry = entries[Number(evaluate(index))];
      if (entry === undefined) throw new Error(`Fn::Select finds no entry ${evaluate(index)} of ${entries.length}`);
      return entry;
    },
  ],
  [
    "Fn::Split",
    (argument, { evaluate }) => {
      const [delimiter, source] = pair(argument, "Fn::Split takes [delimiter, text]");
      return text(evaluate(source), "Fn::Split splits a text").split(text(delimiter, "its delimiter is a text"));
    },
  ],
  [
    "Fn::If",
    (argument, { scope, evaluate }) => {
      const [name, then, otherwise, more] = list(argument, ifForm);
      if (then === undefined || otherwise === undefined || more !== undefined) throw new Error(ifForm);
      return evaluate(scope.condition(text(name, ifForm)) ? then : otherwise);
    },
  ],
  [
    "Fn::FindInMap",
    (argument, { scope, evaluate }) => {
      const form = "Fn::FindInMap takes [map, key, key]";
      const [map, first, second, more] = list(argument, form).map((part) => text(evaluate(part), form));
      if (map === undefined || first === undefined || second === undefined || more) throw new Error(form);
      return scope.mapped(map, first, second);
    },
  ],
  [
    "Fn::Base64",
    (argument, { evaluate }) => Buffer.from(text(evaluate(argument), "Fn::Base64 encodes a text")).toString("base64"),
  ],
]);

const ifForm = "Fn::If takes [condition's name, value if it holds, value if not]";

/** An argument that has to be a text. Numbers and booleans count as theirs, as in CloudFormation. */
export const text = (value: Json | undefined, form: string): string => {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new Error(form);
};

/** An argument that has to be a list. */
export const list = (value: Json | undefined, form: string): Json[] => {
  if (Array.isArray(value)) return value;
  throw new Error(form);
};

/** An argument that has to be a list of two. */
export const pair = (value: Json, form: string): [Json, Json] => {
  const [first, second, more] = list(value, form);
  if (first === undefined || second === undefined || more !== undefined) throw new Error(form);
  return [first, second];
};

/** Resource and attribute of an `Fn::GetAtt`: `[id, name]`, or `id.name`, where the name may hold dots of its own. */
export const getAttTarget = (argument: Json): { logicalId: string; attribute: Json } => {
  const form = "Fn::GetAtt takes [logical id, attribute]";
  const [logicalId, attribute] = typeof argument === "string" ? firstDot(argument) : pair(argument, form);
  return { logicalId: text(logicalId, form), attribute: attribute ?? "" };
};

/** What stands before the first dot of a text, and after it where there is one. */
export const firstDot = (dotted: string): [string, string | undefined] => {
  const dot = dotted.indexOf(".");
  return dot < 0 ? [dotted, undefined] : [dotted.slice(0, dot), dotted.slice(dot + 1)];
};

const getAtt: IntrinsicFunction = (argument, { scope, evaluate }) => {
  const { logicalId, attribute } = getAttTarget(argument);
  return scope.attribute(logicalId, text(evaluate(attribute), "the attribute of Fn::GetAtt is a name"));
};

const substitute: IntrinsicFunction = (argument, { scope, evaluate }) => {
  const [source, given] = Array.isArray(argument)
    ? pair(argument, "Fn::Sub takes a text, or [text, values]")
    : [argument, {}];
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new Error("the values of Fn::Sub are an object");
  const values = evaluate(given) as JsonObject;
  const filled = (name: string): string => {
    const form = `Fn::Sub cannot put \${${name}} into a text`;
    if (Object.hasOwn(values, name)) return text(values[name], form);
    const [logicalId, attribute] = firstDot(name);
    return text(attribute === undefined ? scope.ref(name) : scope.attribute(logicalId, attribute), form);
  };
  return parseSub(text(source, "Fn::Sub takes a text"))
    .map((part) => ("literal" in part ? part.literal : filled(part.name)))
    .join("");
};
