import * as v from "valibot";
import { list, text, wholeNumber } from "./values.ts";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Keys that come unencrypted may be anybody's: so only from the machine that one tries this out on. */
const isAddress = (given: string) => {
  const url = URL.parse(given);
  return (
    url !== null &&
    given.length <= 256 &&
    (url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.has(url.hostname)))
  );
};

const isIssuer = (given: string) => isAddress(given) && !/[?#\s]/.test(given);

/** Bytes. The environment of a function holds 4 KB in all: this, two lists and two addresses. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST_DEFAULT_ROOMS = 1_500;

const rooms = 'JSON like ["lobby","team-*"] or {"join":["*"],"read":["*"]}, at most 50 patterns and 1,500 bytes';

const Patterns = v.array(v.pipe(v.string(), v.nonEmpty()));
const Rooms = v.union([
  Patterns,
  v.strictObject({ join: v.optional(Patterns), publish: v.optional(Patterns), read: v.optional(Patterns) }),
]);

const isRooms = (given: unknown) =>
  v.is(Rooms, given) &&
  Object.values(given).flat().length <= 50 &&
  Buffer.byteLength(JSON.stringify(given)) <= MOST_DEFAULT_ROOMS;

const parsed = (given: unknown): unknown => {
  if (typeof given !== "string") return given;
  try {
    return JSON.parse(given);
  } catch {
    return undefined;
  }
};

/** Who may connect with a token, and what it allows. Without `tokenIssuer` everybody may, as a guest. */
export const tokenEntries = {
  /** `iss` of each token: an OpenID Connect issuer, such as a Cognito user pool. */
  tokenIssuer: v.optional(
    v.pipe(
      v.string("an https URL of at most 256 characters, to the letter as the tokens have it in iss"),
      v.check(isIssuer, "an https URL of at most 256 characters, to the letter as the tokens have it in iss"),
    ),
  ),
  /** Who the tokens have to be for: one of these is their `aud`, or `client_id` where they have no `aud`. */
  tokenAudience: v.optional(list((item) => /^[!-~]{1,256}$/.test(item), "one or more audiences")),
  /** Where the issuer's keys are. By default in `.well-known/jwks.json` below the issuer. */
  tokenKeysUri: v.optional(
    v.pipe(
      v.string("an https URL of at most 256 characters"),
      v.check(isAddress, "an https URL of at most 256 characters"),
    ),
  ),
  /** The claim that says which rooms a token allows; by default `rooms`. */
  tokenRoomsClaim: v.optional(text(/^[!-~]{1,128}$/, "the name of a claim, 1 to 128 characters without spaces")),
  /** What a token without that claim allows, as the claim would say it. By default nothing. */
  tokenDefaultRooms: v.optional(
    v.pipe(
      v.unknown(),
      v.transform(parsed),
      v.check(isRooms, rooms),
      v.transform((given) => JSON.stringify(given)),
    ),
  ),
  /** How far the issuer's clock may be from AWS's; by default 60. */
  tokenClockSkewSeconds: v.optional(wholeNumber(1, 300)),
} as const;

/** The defaults of what is set only where tokens are asked for. */
export const tokenDefaults = ({ tokenIssuer }: { readonly tokenIssuer?: string | undefined }) =>
  tokenIssuer === undefined
    ? {}
    : {
        tokenKeysUri: `${tokenIssuer.replace(/\/$/, "")}/.well-known/jwks.json`,
        tokenRoomsClaim: "rooms",
        tokenClockSkewSeconds: 60,
      };
