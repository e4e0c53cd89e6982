/** The largest text that the server takes, in bytes of its JSON. */
export const MAX_BYTES = 28 * 1024;

export const bytesOf = (text: string): number => new TextEncoder().encode(JSON.stringify(text)).length;

/** A text that is too long, as messages that are not: cut between lines or words where there are any. */
export const partsOf = (text: string, max = MAX_BYTES): readonly string[] => {
  const parts: string[] = [];
  let rest = text;
  // A character is a byte at least: most of a long text need not be measured each time.
  while (rest.length > max || bytesOf(rest) > max) {
    const end = cutOf(rest, fittingLength(rest, max));
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).replace(/^[ \n]/, "");
  }
  return [...parts, rest].filter((part) => part.trim() !== "");
};

/** How many characters from the beginning fit. */
const fittingLength = (text: string, max: number): number => {
  let fits = 1;
  let tooMany = Math.min(text.length, max) + 1;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (bytesOf(text.slice(0, middle)) <= max) fits = middle;
    else tooMany = middle;
  }
  return fits;
};

/** Where to cut: at the last line's end or word's end of the second half, never within a character of two halves. */
const cutOf = (text: string, most: number): number => {
  for (const separator of ["\n", " "]) {
    const at = text.lastIndexOf(separator, most - 1);
    if (at > most / 2) return at;
  }
  const withinPair = /[\uD800-\uDBFF]/.test(text[most - 1] ?? "") && most > 1;
  return withinPair ? most - 1 : most;
};
