import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A handler as Node 24 runs it: no callback. */
export type Handler = (event: unknown, context: object) => unknown;

/** An error by which Lambda's runtime says why it cannot start, for example `Runtime.HandlerNotFound`. */
const runtimeError = (name: string, message: string, stack?: string): Error => {
  const error = new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
};

/**
 * Loads `handler` ("publish.handler") from `taskRoot`.
 * @throws the errors of the Node runtime, by name: `Runtime.MalformedHandlerName`, `Runtime.ImportModuleError`,
 *   `Runtime.UserCodeSyntaxError`, `Runtime.HandlerNotFound`, `Runtime.CallbackHandlerDeprecated`; what the module
 *   itself throws passes unchanged.
 */
export const loadHandler = async (taskRoot: string, handler: string): Promise<Handler> => {
  const [, path, name] = /^(.*?[^/]*?)\.(.+)$/.exec(handler) ?? [];
  if (!path || !name || handler.includes("..")) {
    throw runtimeError("Runtime.MalformedHandlerName", `'${handler}' is not a valid handler name.`);
  }
  const file = [".js", ".mjs", ".cjs"].map((extension) => join(taskRoot, path + extension)).find(existsSync);
  if (!file) throw runtimeError("Runtime.ImportModuleError", `Error: Cannot find module '${path}'`);
  const found = name.split(".").reduce<unknown>((value, key) => Reflect.get(Object(value), key), await load(file));
  if (found === undefined) {
    throw runtimeError("Runtime.HandlerNotFound", `${handler} is undefined or not exported`);
  }
  if (typeof found !== "function") throw runtimeError("Runtime.HandlerNotFound", `${handler} is not a function`);
  if (found.length >= 3) {
    // Node.js 22 still has them on AWS; the way that works on both is the one that runs here.
    throw runtimeError(
      "Runtime.CallbackHandlerDeprecated",
      `${handler} takes a callback, which Node.js 24 does not have: return a promise instead.`,
    );
  }
  return found as Handler;
};

const load = async (file: string): Promise<unknown> => {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    if (error instanceof SyntaxError) throw runtimeError("Runtime.UserCodeSyntaxError", String(error), error.stack);
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND") {
      throw runtimeError("Runtime.ImportModuleError", String(error));
    }
    throw error;
  }
};
