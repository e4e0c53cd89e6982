/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
/** A JSON object. */
export type JsonObject = { [key: string]: Json };

/** Says whether a JSON value is an object, and not an array or null. */
export const isJsonObject = (json: Json | undefined): json is JsonObject =>
  typeof json === "object" && json !== null && !Array.isArray(json);

/**
 * What walks through a value, `JSON.stringify` too, needs stack for each of its levels. AWS says nothing of a bound; this
 * is that of a parser for Java's services: https://github.com/FasterXML/jackson-core/wiki/StreamReadConstraints
 */
export const MOST_LEVELS = 1_000;

/** Says whether the value that this JSON text stands for has over a thousand arrays and objects in each other. */
export const isTooDeep = (value: unknown, text: { readonly length: number }): boolean =>
  // Each level takes two characters at least, so that hardly any value is looked through.
  text.length > 2 * MOST_LEVELS && isDeeperThan(MOST_LEVELS, value);

/** Without recursion: that is what it guards from. */
const isDeeperThan = (levels: number, value: unknown): boolean => {
  let level = [value].filter(isContainer);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === levels) return true;
    level = level.flatMap((container) => Object.values(container)).filter(isContainer);
  }
  return false;
};

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;
