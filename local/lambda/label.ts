import type { Resource } from "../cloudformation/resource-type.ts";
import type { FunctionProperties } from "./resources.ts";

/** The file that a handler is in: `publish` for `publish.handler`. */
export const handlerFile = (handler: string): string => handler.split("/").at(-1)?.replace(/\..*$/, "") ?? handler;

/**
 * What a person calls each function, by its name: the handler's file where that tells it apart (`publish`), else the
 * name itself.
 */
export const functionLabels = (
  functions: readonly { readonly name: string; readonly handler: string }[],
): Map<string, string> => {
  const files = functions.map(({ handler }) => handlerFile(handler));
  return new Map(
    functions.map(({ name }, index) => {
      const file = files[index] ?? name;
      return [name, file !== "index" && files.filter((other) => other === file).length === 1 ? file : name];
    }),
  );
};

/** The log group that a function writes to. */
export const logGroupOf = ({ ref, properties }: Resource<FunctionProperties>): string =>
  properties.LoggingConfig.LogGroup ?? `/aws/lambda/${ref}`;

/** Who speaks in a log group, for the terminal: `lambda/publish`; undefined for a group of no function. */
export const speakers = (functions: readonly Resource<FunctionProperties>[]) => {
  const labels = functionLabels(functions.map(({ ref, properties }) => ({ name: ref, handler: properties.Handler })));
  const byGroup = new Map(functions.map((one) => [logGroupOf(one), `lambda/${labels.get(one.ref)}`]));
  return (logGroup: string): string | undefined => byGroup.get(logGroup);
};
