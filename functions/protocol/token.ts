import { isExpired } from "./expiry.ts";
import { Refusal } from "./refusal.ts";
import { readRights } from "./rights.ts";

/** What a token says, once its signature and its issuer are known to be right. */
export type Claims = Readonly<Record<string, unknown>>;

/** What this deployment expects of a token. */
export interface TokenRules {
  /** Who tokens are for: one of these is a token's `aud`, or its `client_id`. */
  readonly audience: readonly string[];
  /** How far the issuer's clock may be from ours. */
  readonly clockSkewSeconds: number;
  /** The claim that says which rooms are allowed. */
  readonly roomsClaim: string;
  /** What is allowed where that claim is missing: what the claim would say. */
  readonly defaultRooms: unknown;
}

/** Who a token stands for. */
export interface Bearer {
  readonly id: string;
  /** Not there where the token has no `name`. */
  readonly name: string | undefined;
  /** When it expires, in Unix seconds, clock skew included. */
  readonly validUntil: number;
  /** What `readRights` reads: which rooms it allows. */
  readonly rooms: unknown;
}

const MAX_NAME = 64;

/**
 * Judges a token by its claims: those of RFC 7519, and those that say which rooms it allows.
 * @param now Unix time in milliseconds
 * @throws Refusal FORBIDDEN saying what is wrong; never with a piece of the token
 */
export const bearerOf = (claims: Claims, rules: TokenRules, now: number): Bearer => {
  const { exp, nbf, sub, name } = claims;
  const { clockSkewSeconds, roomsClaim, defaultRooms } = rules;
  if (typeof exp !== "number" || !Number.isSafeInteger(Math.floor(exp)))
    throw new Refusal("FORBIDDEN", "The token has no `exp`: it would never expire.");
  const validUntil = Math.floor(exp) + clockSkewSeconds;
  if (isExpired(validUntil, now)) throw new Refusal("FORBIDDEN", "The token has expired.");
  if (nbf !== undefined && !(typeof nbf === "number" && (nbf - clockSkewSeconds) * 1000 <= now))
    throw new Refusal("FORBIDDEN", "The token is not valid yet (`nbf`).");
  if (!isMeantFor(claims, rules.audience))
    throw new Refusal("FORBIDDEN", "The token is for somebody else: neither `aud` nor `client_id` is `tokenAudience`.");
  if (typeof sub !== "string" || !/^[ -~]{1,128}$/.test(sub))
    throw new Refusal("FORBIDDEN", "The token has no `sub` of 1 to 128 characters of printable ASCII.");
  const rooms = claims[roomsClaim] ?? defaultRooms;
  readRights(rooms);
  return { id: sub, name: typeof name === "string" ? displayName(name) : undefined, validUntil, rooms };
};

/** An access token of a Cognito user pool has no `aud`: what it is for is its `client_id`. */
const isMeantFor = ({ aud, client_id }: Claims, audience: readonly string[]): boolean =>
  [aud ?? client_id].flat().some((one) => typeof one === "string" && audience.includes(one));

/** A name as a guest might have it: what is wrong with an issuer's is no reason to keep somebody out. */
const displayName = (name: string): string =>
  name
    .replace(/\p{Cc}/gu, " ")
    .slice(0, MAX_NAME)
    .toWellFormed();
