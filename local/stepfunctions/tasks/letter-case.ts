import type { Json } from "../../json.ts";

/** Renames every field of a value to begin with a small letter, as Step Functions' own API has them. */
export const camelCase = (value: Json): Json => renamed(value, (name) => name.charAt(0).toLowerCase() + name.slice(1));

/**
 * Renames every field of a value to begin with a capital, and writes times (`startDate`, seconds since 1970 on the
 * wire) as the SDK integrations do, in ISO 8601.
 */
export const pascalCase = (value: Json): Json =>
  renamed(
    value,
    (name) => name.charAt(0).toUpperCase() + name.slice(1),
    (name, item) => (name.endsWith("Date") && typeof item === "number" ? new Date(item * 1000).toISOString() : item),
  );

const renamed = (
  value: Json,
  rename: (name: string) => string,
  change = (_name: string, item: Json): Json => item,
): Json => {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [rename(name), renamed(change(name, item), rename, change)]),
  );
};
