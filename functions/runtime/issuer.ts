import { JwtVerifier } from "aws-jwt-verify";
import {
  JwksValidationError,
  JwkValidationError,
  JwtInvalidIssuerError,
  JwtInvalidSignatureAlgorithmError,
  JwtParseError,
  JwtWithoutValidKidError,
  KidNotFoundInJwksError,
  WaitPeriodNotYetEndedJwkError,
} from "aws-jwt-verify/error";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import { Refusal } from "../protocol/refusal.ts";
import type { Claims } from "../protocol/token.ts";

interface Needs {
  /** `iss` of each token. */
  readonly issuer: string;
  /** Where its keys are, a JSON Web Key Set. */
  readonly keysUri: string;
  /** Fetches them. */
  readonly fetchKeys: (uri: string) => Promise<ArrayBuffer>;
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

/**
 * How long keys are used before they are fetched anew. The library keeps them for as long as all tokens name one of
 * them: a key that the issuer has taken back would be good for as long as this environment lives.
 */
const KEYS_KEPT_MS = 3_600_000;

/**
 * What is wrong with a token. In words of our own: the library's may quote it, and they end in the log. Other errors are
 * of a signature that is not one at all, for which each kind of key has an error of its own.
 */
const REASONS = [
  [JwtParseError, "The token is no JSON Web Token."],
  [JwtWithoutValidKidError, "The token does not name its key (`kid`)."],
  [KidNotFoundInJwksError, "The token is signed with a key that its issuer does not have."],
  [WaitPeriodNotYetEndedJwkError, "The token is signed with a key that its issuer did not have 10 seconds ago."],
  [JwtInvalidSignatureAlgorithmError, "The token is signed in a way that its key is not for."],
  [JwtInvalidIssuerError, "The token is of another issuer."],
] as const;

/** The issuer's keys cannot be had, so that nothing can be said of a token. */
class KeysUnavailable extends Error {
  override readonly name = "KeysUnavailable";
}

/**
 * Verifies tokens of one issuer: that it has signed them. Its keys are kept, and fetched anew where a token names one
 * that is not among them: at most once in 10 seconds where it was not there then either, so that strangers cannot make
 * us besiege the issuer.
 * @returns a function that gives a token's claims, of which none is checked yet but `iss`. @throws Refusal FORBIDDEN for
 *   a token that is not the issuer's; KeysUnavailable where its keys could not be had
 */
export const tokensOf = ({ issuer, keysUri, fetchKeys, now }: Needs): ((token: string) => Promise<Claims>) => {
  const fetch = (uri: string) =>
    fetchKeys(uri).catch((cause) => {
      throw new KeysUnavailable(`The keys of ${issuer} cannot be had from ${uri}: ${cause.message}`, { cause });
    });
  const verifying = () =>
    JwtVerifier.create(
      // Times and audience are `bearerOf`'s to check, by our clock.
      { issuer, jwksUri: keysUri, audience: null, graceSeconds: Number.POSITIVE_INFINITY },
      { jwksCache: new SimpleJwksCache({ fetcher: { fetch } }) },
    );
  let verifier = verifying();
  let since = now();
  return async (token) => {
    if (now() - since > KEYS_KEPT_MS) {
      verifier = verifying();
      since = now();
    }
    try {
      return await verifier.verify(token);
    } catch (error) {
      if (error instanceof KeysUnavailable) throw error;
      if (error instanceof JwksValidationError || error instanceof JwkValidationError)
        throw new KeysUnavailable(`${keysUri} has no JSON Web Key Set: ${error.message}`, { cause: error });
      const [, reason = "The token's signature is wrong."] = REASONS.find(([type]) => error instanceof type) ?? [];
      throw new Refusal("FORBIDDEN", reason);
    }
  };
};

const FETCH_MS = 2_000;

/**
 * Fetches an issuer's keys, with one more try where there is no answer: a connection that was kept may have died while
 * this environment was frozen. The library's own fetcher takes https only, and redirects as little.
 */
export const fetchKeys = async (uri: string): Promise<ArrayBuffer> => {
  const ask = () => fetch(uri, { redirect: "error", signal: AbortSignal.timeout(FETCH_MS) });
  const response = await ask().catch(ask);
  if (!response.ok) throw new Error(`it answered ${response.status}.`);
  return response.arrayBuffer();
};
