import type { Author } from "../../index.ts";
import type { Entry } from "../state/timeline.ts";
import type { Unsent } from "../state/unsent-list.ts";
import { isSameDay } from "../words/times.ts";

/** A row of a room: what has come, or what is on its way there. */
export type Row = Entry | Unsent;

/** Who says something in a row, and when; undefined where nobody does. */
export const saidIn = (row: Row | undefined, self: Author): { from: Author; at: number } | undefined => {
  if (row?.kind === "unsent") return { from: self, at: row.at };
  return row?.kind === "message" ? { from: row.message.from, at: row.message.received } : undefined;
};

/** Whether what is new begins with a row: the one above it was read. */
export const beginsNew = (row: Row, above: Row | undefined, readUpTo: number | undefined): boolean => {
  if (readUpTo === undefined || row.kind === "unsent" || !above || above.kind === "unsent") return false;
  return above.seq <= readUpTo && row.seq > readUpTo;
};

const TOGETHER_MS = 5 * 60_000;

/** How a row stands to the one above it: whether it begins a day, and whether the same person just goes on. */
export const headOf = (row: Row, above: Row | undefined, self: Author) => {
  const said = saidIn(row, self);
  const before = saidIn(above, self);
  if (!said) return { newDay: false, goesOn: false };
  const newDay = !before || !isSameDay(said.at, before.at);
  const isSame = before?.from.id === said.from.id && before.from.name === said.from.name;
  return { newDay, goesOn: isSame && !newDay && said.at - (before?.at ?? 0) < TOGETHER_MS };
};
