import type { Author } from "./answers.ts";
import { ENVELOPE_BYTES, FRAME_BYTES, fitting } from "./frame-size.ts";

/** A connection in a room, as far as presence asks. */
export interface Present {
  readonly connectionId: string;
  /** Unix time in milliseconds. */
  readonly connectedAt: number;
  /** When its token expires, in Unix seconds; not there for a guest. */
  readonly validUntil?: number;
  readonly memberId: string;
  readonly name: string;
}

/** Who has joined and who has left, and how many people are in the room now. */
export interface Change {
  readonly joined: Author[];
  readonly left: Author[];
  readonly count: number;
}

/** The people behind connections: somebody with several is there once. */
export const peopleOf = (connections: readonly Present[]): readonly Author[] => [
  ...new Map(connections.map(({ memberId, name }) => [memberId, { id: memberId, name }])).values(),
];

/**
 * What to tell of the difference between those who were announced and those who are there: as much as fits one frame,
 * leaves first. What does not fit stays a difference, for the next look.
 * @returns undefined when there is nothing to tell
 */
export const changeOf = (announced: readonly Author[], present: readonly Author[]): Change | undefined => {
  const left = without(announced, present);
  const told = fitting([...left, ...without(present, announced)], FRAME_BYTES - ENVELOPE_BYTES);
  if (told.length === 0) return undefined;
  return { left: told.slice(0, left.length), joined: told.slice(left.length), count: present.length };
};

/** Those who are announced once the change is told. */
export const afterChange = (announced: readonly Author[], { joined, left }: Change): readonly Author[] => [
  ...without(announced, left),
  ...joined,
];

/**
 * The version of the roster that follows version `before`: the higher is newer. It is the time (Unix, in ms), or one
 * more where that is not enough. A mere count would begin anew once the row of a quiet room has expired, and clients
 * that know a higher one would take what follows for old news.
 */
export const versionAfter = (before: number, now: number): number => Math.max(before + 1, now);

const without = (people: readonly Author[], others: readonly Author[]): readonly Author[] => {
  const ids = new Set(others.map(({ id }) => id));
  return people.filter(({ id }) => !ids.has(id));
};

/** Where frames of a look go: to all connections, or to those of everybody else than `typist`. */
export const addressesOf = (connections: readonly Present[], typist?: string) =>
  connections
    .filter(({ memberId }) => memberId !== typist)
    .map(({ connectionId, connectedAt, validUntil }) => ({
      connectionId,
      connectedAt,
      ...(validUntil !== undefined && { validUntil }),
    }));
