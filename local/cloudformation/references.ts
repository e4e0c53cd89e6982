import type { Json } from "../json.ts";
import { firstDot, getAttTarget, isFunctionName } from "./intrinsic-functions.ts";
import { parseSub } from "./sub.ts";

/**
 * The names that a value refers to by `Ref`, `Fn::GetAtt` and `Fn::Sub`, parameters included. Of an `Fn::If` only the
 * branch that is taken counts. What is malformed refers to nothing: evaluating it says why.
 */
export const references = (value: Json, holds: (condition: string) => boolean): Set<string> => {
  const found = new Set<string>();
  const visit = (part: Json | undefined): void => {
    if (typeof part !== "object" || part === null) return;
    const call = Array.isArray(part) ? {} : part;
    const name = Object.keys(call).find(isFunctionName);
    const argument = name === undefined ? undefined : call[name];
    if (name === "Ref" && typeof argument === "string") found.add(argument);
    else if (name === "Fn::GetAtt" && isTarget(argument)) found.add(getAttTarget(argument).logicalId);
    else if (name === "Fn::If" && Array.isArray(argument)) visit(argument[branch(argument[0], holds)]);
    else if (name === "Fn::Sub" && argument !== undefined) visitSub(argument);
    else Object.values(part).forEach(visit);
  };
  const visitSub = (argument: Json): void => {
    const [source, values] = Array.isArray(argument) ? argument : [argument];
    visit(values);
    const given = typeof values === "object" && values !== null ? values : {};
    for (const part of typeof source === "string" ? parseSub(source) : [])
      if ("name" in part && !Object.hasOwn(given, part.name)) found.add(firstDot(part.name)[0]);
  };
  visit(value);
  return found;
};

const isTarget = (argument: Json | undefined): argument is string | Json[] =>
  typeof argument === "string" || (Array.isArray(argument) && argument.length === 2 && typeof argument[0] === "string");

const branch = (name: Json | undefined, holds: (condition: string) => boolean): 1 | 2 => {
  try {
    return holds(String(name)) ? 1 : 2;
  } catch {
    return 2;
  }
};
