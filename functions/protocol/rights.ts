import type { Rights } from "../contracts/identity.ts";
import { Refusal } from "./refusal.ts";

/** What a right lets somebody do, for people. */
const ALLOWS = { join: "join", publish: "publish in", read: "read" } as const satisfies Record<keyof Rights, string>;

/**
 * Goes on only where a token allows this in this room. It is asked before membership is, so that a refusal tells nobody
 * who is where.
 * @param rights undefined for a guest, who may do everything
 * @throws Refusal FORBIDDEN
 */
export const permit = (rights: Rights | undefined, right: keyof Rights, room: string): void => {
  if (rights === undefined || rights[right].some((pattern) => matches(pattern, room))) return;
  throw new Refusal("FORBIDDEN", `Your token does not let you ${ALLOWS[right]} this room.`);
};

/**
 * Whether a room's name is as a pattern says: `*` stands for any characters, everything else for itself. Without
 * backtracking: what lies between two `*` is taken where it comes first.
 */
export const matches = (pattern: string, room: string): boolean => {
  const [start = "", ...rest] = pattern.split("*");
  const end = rest.pop();
  if (end === undefined) return room === pattern;
  if (room.length < start.length + end.length || !room.startsWith(start) || !room.endsWith(end)) return false;
  let between = room.slice(start.length, room.length - end.length);
  for (const part of rest) {
    const at = between.indexOf(part);
    if (at < 0) return false;
    between = between.slice(at + part.length);
  }
  return true;
};
