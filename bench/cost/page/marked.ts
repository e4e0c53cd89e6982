/** Where a generated part of a page begins and ends; readers do not see it. */
const begin = (name: string) => `<!-- generated: ${name} -->`;
const END = "<!-- end of generated -->";

/**
 * A page with its generated parts written anew.
 * @param parts Markdown by name
 * @throws Error for a part that the page has no place for, and for a place without a part
 */
export const withParts = (page: string, parts: Readonly<Record<string, string>>): string => {
  const places = [...page.matchAll(/<!-- generated: ([\w-]+) -->/g)].map(([, name = ""]) => name);
  const strays = Object.keys(parts).filter((name) => !places.includes(name));
  const empty = places.filter((name) => !Object.hasOwn(parts, name));
  if (strays.length + empty.length > 0)
    throw new Error(`The page and its generated parts differ in ${[...strays, ...empty].join(", ")}.`);
  return Object.entries(parts).reduce((text, [name, part]) => {
    const from = text.indexOf(begin(name)) + begin(name).length;
    const to = text.indexOf(END, from);
    if (to < 0) throw new Error(`The part ${name} has no end in the page: ${END}`);
    return `${text.slice(0, from)}\n${part}\n${text.slice(to)}`;
  }, page);
};

/** A table in Markdown, its first column to the left, the others to the right. */
export const markdownTable = ([header = [], ...rows]: readonly (readonly string[])[]): string =>
  [header, header.map((_, column) => (column === 0 ? "---" : "---:")), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
