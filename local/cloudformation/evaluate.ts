import type { Json } from "../json.ts";
import { intrinsicFunctions, isFunctionName } from "./intrinsic-functions.ts";
import type { Scope } from "./scope.ts";
import { collectUnresolved, Unresolved } from "./template-error.ts";

/**
 * A value of the template with its intrinsic functions run; undefined where it is `AWS::NoValue`, which takes the
 * property or list entry away that it stands for.
 * @param path where the value stands, for problems.
 * @throws Unresolved with everything in the value that cannot be.
 */
export const evaluate = (value: Json, scope: Scope, path: string): Json | undefined => {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const entries = collectUnresolved(value.map((entry, i) => () => evaluate(entry, scope, `${path}.${i}`)));
    return entries.filter((entry) => entry !== undefined);
  }
  const name = Object.keys(value).find(isFunctionName);
  if (name !== undefined) return run(name, value, scope, path);
  const entries = collectUnresolved(
    Object.entries(value).map(
      ([key, child]) =>
        () =>
          [key, evaluate(child, scope, `${path}.${key}`)] as const,
    ),
  );
  // Not assigned one by one: a key may be called `__proto__`.
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
};

const run = (name: string, call: { readonly [key: string]: Json }, scope: Scope, path: string): Json | undefined => {
  const here = `${path}.${name}`;
  const fail = (message: string) => new Unresolved([{ path, message }]);
  if (Object.keys(call).length > 1)
    throw fail(`${name} has to stand alone, not with ${Object.keys(call).filter((key) => key !== name)}`);
  const run = intrinsicFunctions.get(name);
  if (!run) throw fail(`${name} is not run here; there are ${[...intrinsicFunctions.keys()].join(", ")}`);
  try {
    return run(call[name] as Json, { scope, evaluate: (argument) => evaluate(argument, scope, here) });
  } catch (error) {
    if (error instanceof Unresolved) throw error;
    throw fail(error instanceof Error ? error.message : String(error));
  }
};
