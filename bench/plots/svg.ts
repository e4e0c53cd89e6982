type Attributes = Readonly<Record<string, string | number>>;

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** Lengths by the tenth of a pixel, so that the same figures give the same file. */
const written = (value: string | number) => (typeof value === "number" ? String(Math.round(value * 10) / 10) : value);

/** An SVG element. @param content elements, as this function made them; text has to come from `text` */
export const element = (name: string, attributes: Attributes, ...content: readonly string[]): string => {
  const open = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escaped(written(value))}"`)];
  return content.length === 0 ? `<${open.join(" ")}/>` : `<${open.join(" ")}>${content.join("")}</${name}>`;
};

/** Words, as the content of an element. */
export const text = (words: string): string => escaped(words);
