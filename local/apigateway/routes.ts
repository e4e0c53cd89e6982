import type { Json } from "../json.ts";
import type { Route, Stage } from "./stage.ts";

/** Run by the service itself when a connection opens and ends: a frame that names them is not one of these events. */
const lifecycle = new Set(["$connect", "$disconnect"]);

/**
 * Which route a frame goes to: the one that the route selection expression names, else `$default`, also for text that
 * is not JSON; undefined where there is no `$default`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html
 */
export const selectRoute = (stage: Stage, text: string): Route | undefined => {
  const key = valueAt(stage.selection, text);
  const named = typeof key === "string" && !lifecycle.has(key) ? stage.routes.get(key) : undefined;
  return named ?? stage.routes.get("$default");
};

const valueAt = (path: readonly string[], text: string): Json | undefined => {
  try {
    return path.reduce<Json | undefined>(
      (value, name) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
      JSON.parse(text),
    );
  } catch {
    return undefined;
  }
};

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const expression = /^\$(?:request\.body((?:\.[\w-]+)+)|\{request\.body((?:\.[\w-]+)+)\})$/;

/** The names in `$request.body.a.b` (or `${request.body.a.b}`); undefined for an expression that is not run here. */
export const selectionPath = (selection: string): string[] | undefined => {
  const match = expression.exec(selection);
  return match ? (match[1] ?? match[2])?.slice(1).split(".") : undefined;
};
