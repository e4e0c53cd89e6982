import type { Rights } from "../contracts/identity.ts";
import { Refusal } from "./refusal.ts";

/** What each right lets somebody do, for people. */
const ALLOWS: Readonly<Record<keyof Rights, string>> = { join: "join", publish: "publish in", read: "read" };

/** How many patterns a token may have in all. */
const MOST_PATTERNS = 50;
/**
 * How long the claim may be, in bytes, as it stands in the authorizer's answer: as JSON within JSON. API Gateway takes
 * 8 KB of an answer in all. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 */
const MOST_BYTES = 4096;

/** What a token without a claim about rooms allows, unless the configuration says something else. */
export const NO_RIGHTS: Rights = { join: [], publish: [], read: [] };

/**
 * Reads the claim that says which rooms a token allows: patterns, which stand for each of the rights, or an object of
 * patterns by right, in which those that are not named allow nothing.
 * @throws Refusal FORBIDDEN saying what is wrong with it
 */
export const readRights = (claim: unknown): Rights => {
  if (Buffer.byteLength(JSON.stringify(JSON.stringify(claim))) > MOST_BYTES)
    throw new Refusal("FORBIDDEN", `The token's rooms are more than ${MOST_BYTES} bytes of JSON within JSON.`);
  if (Array.isArray(claim)) {
    const patterns = readPatterns(claim);
    checkCount(patterns.length);
    return { join: patterns, publish: patterns, read: patterns };
  }
  if (typeof claim !== "object" || claim === null)
    throw new Refusal("FORBIDDEN", "The token's rooms are neither patterns nor an object of them.");
  const rights = { ...NO_RIGHTS, ...claim };
  if (Object.keys(rights).length > Object.keys(NO_RIGHTS).length)
    throw new Refusal("FORBIDDEN", "The token's rooms name something else than `join`, `publish` and `read`.");
  const read = {
    join: readPatterns(rights.join),
    publish: readPatterns(rights.publish),
    read: readPatterns(rights.read),
  };
  checkCount(Object.values(read).flat().length);
  return read;
};

const readPatterns = (patterns: unknown): readonly string[] => {
  if (Array.isArray(patterns) && patterns.every((pattern) => typeof pattern === "string")) return patterns;
  throw new Refusal("FORBIDDEN", "The token's rooms are no array of texts.");
};

const checkCount = (count: number) => {
  if (count > MOST_PATTERNS)
    throw new Refusal("FORBIDDEN", `The token has ${count} patterns of rooms, more than ${MOST_PATTERNS}.`);
};

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
 * backtracking: what stands between two `*` is taken where it comes first.
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
