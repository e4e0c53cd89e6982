/** A piece of a text: words, or a link. */
export interface Piece {
  readonly text: string;
  /** Where it leads: always http or https. */
  readonly href?: string;
}

/** RFC 3986 allows ASCII only: in running Japanese the address ends where the sentence goes on. */
const CANDIDATE = /\bhttps?:\/\/[\w.~:/?#[\]@!$&'()*+,;=%-]+/gi;
const CLOSERS: Readonly<Record<string, string>> = { ")": "(", "]": "[" };

/** Cuts a text into words and links. Nothing is lost: the pieces together are the text. */
export const piecesOf = (text: string): readonly Piece[] => {
  const pieces: Piece[] = [];
  let done = 0;
  const upTo = (end: number) => {
    if (end > done) pieces.push({ text: text.slice(done, end) });
  };
  for (const { 0: found, index } of text.matchAll(CANDIDATE)) {
    const address = withoutPunctuation(found);
    const href = safeHref(address);
    if (!href) continue;
    upTo(index);
    pieces.push({ text: address, href });
    done = index + address.length;
  }
  upTo(text.length);
  return pieces;
};

/** What ends a sentence or a bracket is none of the address. */
const withoutPunctuation = (found: string): string => {
  let end = found.length;
  const spare = { ")": 0, "]": 0 } as Record<string, number>;
  for (const character of found) {
    if (character in CLOSERS) spare[character] = (spare[character] ?? 0) + 1;
    for (const [closer, opener] of Object.entries(CLOSERS))
      if (character === opener) spare[closer] = (spare[closer] ?? 0) - 1;
  }
  for (; end > 0; end--) {
    const last = found[end - 1] ?? "";
    if ((spare[last] ?? 0) > 0) spare[last] = (spare[last] ?? 0) - 1;
    else if (!".,;:!?'*".includes(last)) break;
  }
  return found.slice(0, end);
};

/** An address with a user's name in it (`https://bank.example@elsewhere.example`) is made to be misread. */
const safeHref = (address: string): string | undefined => {
  if (!URL.canParse(address)) return undefined;
  const { protocol, username, password, href } = new URL(address);
  const isWeb = protocol === "http:" || protocol === "https:";
  return isWeb && !username && !password ? href : undefined;
};
