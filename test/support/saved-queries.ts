/** Words of Logs Insights' language that are no fields. */
const WORDS = new Set("fields filter stats sort limit display parse as by and or not in like asc desc".split(" "));

const withoutTexts = (query: string) => query.replaceAll(/"[^"]*"|\/[^/\n]*\//g, " ");

/**
 * The fields that a query of Logs Insights reads from log lines: what is neither a word of the language, a function, a
 * number, a name that the query gives itself, nor one of the fields that CloudWatch adds (`@timestamp`).
 */
export const fieldsIn = (query: string): string[] => {
  const text = withoutTexts(query);
  const given = new Set([...text.matchAll(/\bas\s+(\w+)/g)].map(([, name]) => name));
  const names = [...text.matchAll(/(?<![@\w.])[A-Za-z_][\w.]*(?!\w*\s*\()/g)].map(([name]) => name);
  return [...new Set(names)].filter((name) => !WORDS.has(name) && !given.has(name));
};

/** The texts that a query compares fields with, but those in capitals, which an operator replaces. */
export const constantsIn = (query: string): { field: string; text: string }[] =>
  [...query.matchAll(/([\w.]+) = "([^"]*)"/g)]
    .map(([, field = "", text = ""]) => ({ field, text }))
    .filter(({ text }) => !/^[A-Z]+-ID$/.test(text));

/** What a line has at a field's path, `error.name`. */
export const valueAt = (line: unknown, field: string): unknown =>
  field
    .split(".")
    .reduce<unknown>(
      (value, name) => (typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined),
      line,
    );
