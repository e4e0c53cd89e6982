import type { Author } from "../../index.ts";

/** The text of a message: any client may publish any JSON. */
export const textOf = (data: unknown): string => {
  if (typeof data === "string") return data;
  const { text } = (data ?? {}) as { text?: unknown };
  return typeof text === "string" ? text : JSON.stringify(data);
};

/** What somebody is called who may have given no name: the end of the id at least tells two of them apart. */
export const nameOf = ({ id, name }: Author): string => name || `#${id.slice(-6)}`;

/** One of so many colours, the same for somebody each time. */
export const colourOf = (id: string, colours: number): number => {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return sum % colours;
};
