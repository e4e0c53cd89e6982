import type { Author, Members, Presence } from "../../index.ts";

/** Who is in a room, as far as it is known: a large room tells a part of them only. */
export interface People {
  readonly count: number;
  readonly known: readonly Author[];
}

const byName = (one: Author, other: Author) =>
  one.name.localeCompare(other.name) || (one.id < other.id ? -1 : Number(one.id > other.id));

export const peopleIn = ({ count, members }: Members): People => ({ count, known: members.toSorted(byName) });

/** After news of who came and who left. */
export const withNews = ({ known }: People, { joined, left, count }: Presence): People => {
  const gone = new Set([...joined, ...left].map(({ id }) => id));
  return { count, known: [...known.filter(({ id }) => !gone.has(id)), ...joined].toSorted(byName) };
};

/** Somebody who types, and until when that is believed. */
export interface Typist {
  readonly from: Author;
  readonly until: number;
}

/** Who types tells it every 3 seconds. */
const BELIEVED_MS = 6_000;

export const withTypist = (typists: readonly Typist[], from: Author, now: number): readonly Typist[] => [
  ...typists.filter((typist) => typist.from.id !== from.id),
  { from, until: now + BELIEVED_MS },
];

/** Those who still type: not those who have stopped, nor those whose message has come. */
export const stillTyping = (typists: readonly Typist[], now: number, said: ReadonlySet<string>): readonly Typist[] =>
  typists.filter(({ from, until }) => until > now && !said.has(from.id));
