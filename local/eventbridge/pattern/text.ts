import { invalidPattern } from "./invalid.ts";

/** Says whether a string of the event is meant. */
export type TextTest = (text: string) => boolean;

/** Every way a character may be written when case is ignored; `ß` may be `SS`, so these are strings. */
const spellings = (character: string) =>
  [...new Set([character, character.toLowerCase(), character.toUpperCase()])].map((spelling) =>
    spelling.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&"),
  );

const ignoringCase = (text: string) => [...text].map((character) => `(?:${spellings(character).join("|")})`).join("");

/** `equals-ignore-case`, and the same for prefixes and suffixes. */
export const equalIgnoringCase = (text: string, where: "whole" | "prefix" | "suffix"): TextTest => {
  const [start, end] = [where === "suffix" ? "" : "^", where === "prefix" ? "" : "$"];
  const expression = new RegExp(`${start}${ignoringCase(text)}${end}`, "u");
  return (candidate) => expression.test(candidate);
};

/** The literal parts between the wildcards. `\*` is an asterisk, `\\` a backslash; no other escape exists. */
const partsOf = (wildcard: string): string[] => {
  const parts = [""];
  for (const [token] of wildcard.matchAll(/\\.?|./gs)) {
    if (token === "*") parts.push("");
    else if (token.length === 1 && token !== "\\") parts.push(parts.pop() + token);
    else if (token === "\\*" || token === "\\\\") parts.push(parts.pop() + token.slice(1));
    else throw invalidPattern(`In a wildcard only * and \\ can be escaped: ${wildcard}`);
  }
  if (parts.slice(1, -1).includes("")) throw invalidPattern(`Consecutive wildcard characters: ${wildcard}`);
  return parts;
};

/**
 * `wildcard`: `*` stands for any characters or none. Takes the leftmost place for each part, which is enough where the
 * parts are literal: time is linear in the text for each part, never exponential in the number of asterisks.
 */
export const matchesWildcard = (wildcard: string): TextTest => {
  const [first = "", ...rest] = partsOf(wildcard);
  const last = rest.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    const end = text.length - last.length;
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const part of rest) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= end;
  };
};
