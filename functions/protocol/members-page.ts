import * as v from "valibot";
import type { Author } from "./answers.ts";
import { ENVELOPE_BYTES, FRAME_BYTES, fitting } from "./frame-size.ts";
import { type Present, peopleOf } from "./roster.ts";

/** The most names of one `members`; its frame holds fewer where they are long. */
export const MAX_NAMES = 80;
/** Up to so many connections a room's people are counted; above, estimated. */
export const COUNTED = 1_000;

/** Where a page begins, and the room's count, so that it is taken once. */
export interface Cursor {
  readonly slot: string;
  readonly count: number;
}

const OPAQUE = "`after` is the `next` of an earlier `members` of this room.";

/** `after`: a cursor as the text that a client hands back. Whoever makes one up deceives themselves only. */
export const AfterPage = v.pipe(
  v.string(OPAQUE),
  v.maxLength(200, OPAQUE),
  v.description("`next` of the page before."),
  v.transform((text) => Buffer.from(text, "base64url").toString()),
  v.regex(/^\d{1,9} [0-9a-f]{8}.+$/s, OPAQUE),
  v.transform((text): Cursor => {
    const end = text.indexOf(" ");
    return { count: Number(text.slice(0, end)), slot: text.slice(end + 1) };
  }),
);

/** The text of a cursor. */
export const textOf = ({ slot, count }: Cursor): string => Buffer.from(`${count} ${slot}`).toString("base64url");

/**
 * How many people a room has, by its first connections. Slots are uniform, so those up to a slot are to all of them as
 * the slot is to the whole range of slots; of 1,000 the error is about 3 %.
 * @param next the slot that the count stopped at; undefined where it reached the end
 */
export const countOf = (connections: readonly Present[], next: string | undefined): number => {
  if (next === undefined) return peopleOf(connections).length;
  const share = (Number.parseInt(next.slice(0, 8), 16) + 1) / 2 ** 32;
  return Number((connections.length / share).toPrecision(2));
};

/**
 * A page of names out of connections in the order of their slots: somebody with several of them is named once.
 * @returns the people, and the slot to go on after where connections are left
 */
export const namesOf = (
  connections: readonly (Present & { readonly slot: string })[],
  next: string | undefined,
): { readonly members: Author[]; readonly next: string | undefined } => {
  const members = fitting(peopleOf(connections), FRAME_BYTES - ENVELOPE_BYTES).slice(0, MAX_NAMES);
  const named = new Set(members.map(({ id }) => id));
  const cut = connections.findIndex(({ memberId }) => !named.has(memberId));
  return { members: [...members], next: cut < 0 ? next : connections[cut - 1]?.slot };
};
