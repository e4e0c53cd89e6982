import { createHash } from "node:crypto";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xorshift128plus } from "pure-rand/generator/xorshift128plus";

/** What one piece of hostile input is made of. */
export interface Draw {
  /** A whole number, both ends included. */
  whole(least: number, most: number): number;
  oneOf<Choice>(choices: readonly Choice[]): Choice;
  /** True so often: a share from 0 to 1. */
  chance(share: number): boolean;
  bytes(length: number): Buffer;
}

/** Drawn by the seed and the piece's number alone, so that any piece of a run can be made again by itself. */
export const createDraw = (seed: number, piece: number): Draw => {
  const generator = xorshift128plus(createHash("sha256").update(`${seed} ${piece}`).digest().readInt32LE());
  const whole = (least: number, most: number) => uniformInt(generator, least, most);
  return {
    whole,
    oneOf: (choices) => choices[whole(0, choices.length - 1)]!,
    chance: (share) => whole(0, 999_999) < share * 1_000_000,
    bytes: (length) => Buffer.from(Array.from({ length }, () => whole(0, 255))),
  };
};
