import { createHash } from "node:crypto";
import jsonata from "jsonata";
import type { Clock } from "../../clock.ts";
import type { Json } from "../../json.ts";

/** What the functions need of the outside. */
export interface FunctionNeeds {
  readonly clock: Clock;
  /** A number from 0 to below 1. */
  random(): number;
  /** A version 4 UUID. */
  uuid(): string;
}

const digests: Readonly<Record<string, string>> = {
  MD5: "md5",
  "SHA-1": "sha1",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};

const refuse = (message: string): never => {
  throw new Error(message);
};

const partition = (array?: Json[], size?: number) => {
  if (array === undefined) return undefined;
  if (!Array.isArray(array)) return refuse("The first argument of $partition must be an array");
  if (size === undefined || !Number.isInteger(size) || size < 1)
    return refuse("The second argument of $partition must be a positive integer");
  return Array.from({ length: Math.ceil(array.length / size) }, (_, index) =>
    array.slice(index * size, (index + 1) * size),
  );
};

const range = (first?: number, last?: number, step?: number) => {
  if (first === undefined || last === undefined || step === undefined) return undefined;
  if (![first, last, step].every(Number.isFinite)) return refuse("The arguments of $range must be numbers");
  if (step === 0) return refuse("The third argument of $range must not be zero");
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > 1000) return refuse(`$range makes at most 1000 numbers, not ${length}`);
  return Array.from({ length }, (_, index) => first + index * step);
};

const hash = (data?: Json, algorithm?: string) => {
  if (data === undefined) return undefined;
  const digest = digests[algorithm ?? ""] ?? refuse(`$hash knows ${Object.keys(digests).join(", ")}, not ${algorithm}`);
  return createHash(digest)
    .update(typeof data === "string" ? data : JSON.stringify(data))
    .digest("hex");
};

/** One number for one seed (mulberry32). AWS gives the same number for the same seed too, though another one. */
const seeded = (seed: number): number => {
  let bits = (seed + 0x6d2b79f5) | 0;
  bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
  bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
  return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
};

const parse = (text?: string) => {
  if (text === undefined) return undefined;
  if (typeof text !== "string") return refuse("The argument of $parse must be a string");
  return JSON.parse(text);
};

const formatted = jsonata("$fromMillis($at, $picture, $timezone)");

/**
 * What Step Functions adds to JSONata, and those of its functions that read the clock or throw dice.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export const createFunctions = ({ clock, random, uuid }: FunctionNeeds): Readonly<Record<string, unknown>> => ({
  partition,
  range,
  hash,
  parse,
  uuid,
  random: (seed?: number) => (seed === undefined ? random() : seeded(seed)),
  millis: () => clock.now(),
  now: (picture?: string, timezone?: string) =>
    picture === undefined
      ? new Date(clock.now()).toISOString()
      : formatted.evaluate(undefined, { at: clock.now(), picture, timezone }),
});
