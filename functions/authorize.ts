import { createHash, randomUUID } from "node:crypto";
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent, Context } from "aws-lambda";
import { ENVIRONMENT } from "./contracts/environment.ts";
import type { AuthorizerContext } from "./contracts/identity.ts";
import { checkOrigin } from "./protocol/origin.ts";
import { Refusal } from "./protocol/refusal.ts";
import { NO_RIGHTS, readRights } from "./protocol/rights.ts";
import { bearerToken, clientSecret, offeredProtocols, type Query } from "./protocol/subprotocols.ts";
import { bearerOf, type Claims, type TokenRules } from "./protocol/token.ts";
import { list, optional, required, requiredNumber } from "./runtime/environment.ts";
import { fetchKeys, tokensOf } from "./runtime/issuer.ts";
import { type Observation, observed } from "./runtime/observe.ts";

/** Who connects, and what every later event of the connection says of them. */
interface Identity {
  readonly id: string;
  readonly context: AuthorizerContext;
}

/** @returns undefined for somebody who shows nothing, where something has to be shown. @throws Refusal FORBIDDEN */
type Identify = (query: Query, protocols: readonly string[]) => Promise<Identity | undefined>;

/** A guest's identity: the hash of the secret that the client made, so that it survives reconnects. */
export const guestId = (secret: string): string =>
  `guest-${createHash("sha256").update(secret).digest("base64url").slice(0, 22)}`;

/** Lets everybody in, as a guest. */
export const guests =
  (needs: { newSecret: () => string }): Identify =>
  async (query, protocols) => ({
    id: guestId(clientSecret(query, protocols) ?? needs.newSecret()),
    context: { name: query.name ?? "" },
  });

interface BearersNeeds {
  /** @throws Refusal FORBIDDEN for a token that is not the issuer's; another error where that cannot be found out */
  readonly claimsOf: (token: string) => Promise<Claims>;
  readonly rules: TokenRules;
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

/** Lets those in who have a token, as whom and for as long as it says. */
export const bearers =
  ({ claimsOf, rules, now }: BearersNeeds): Identify =>
  async (query, protocols) => {
    const token = bearerToken(query, protocols);
    if (token === undefined) return undefined;
    const { id, name = query.name ?? "", validUntil, rooms } = bearerOf(await claimsOf(token), rules, now());
    return { id, context: { name, validUntil: String(validUntil), rights: JSON.stringify(rooms) } };
  };

interface Needs {
  readonly identify: Identify;
  /** Sites whose pages may connect; undefined where all may. */
  readonly allowedOrigins: readonly string[] | undefined;
}

/**
 * The authorizer of `$connect`: says who connects, and whether they may. Every later event carries what it says, so
 * identity never comes from a frame. What else the client got wrong is `connect`'s to refuse: an authorizer can answer
 * 401 and 403 only.
 * @returns a policy that allows the connection, or denies it (403); undefined where nothing was shown (401)
 */
export const authorize =
  ({ identify, allowedOrigins }: Needs) =>
  async (
    { methodArn, queryStringParameters, headers }: APIGatewayRequestAuthorizerEvent,
    { log }: Observation,
  ): Promise<APIGatewayAuthorizerResult | undefined> => {
    try {
      checkOrigin(headers, allowedOrigins);
      const identity = await identify(queryStringParameters ?? {}, offeredProtocols(headers));
      if (!identity) log.info("Refused a connection.", { code: "UNAUTHORIZED", reason: "It shows no token." });
      return identity && answer("Allow", methodArn, identity);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      log.info("Refused a connection.", { code: error.code, reason: error.message });
      return answer("Deny", methodArn, { id: "nobody", context: { name: "" } });
    }
  };

const answer = (Effect: "Allow" | "Deny", methodArn: string, { id, context }: Identity) => ({
  principalId: id,
  policyDocument: {
    Version: "2012-10-17",
    Statement: [{ Action: "execute-api:Invoke", Effect, Resource: methodArn }],
  },
  context: { ...context },
});

const authorizing = observed(authorize, () => {
  const allowedOrigins = list(ENVIRONMENT.allowedOrigins);
  const issuer = optional(ENVIRONMENT.tokenIssuer);
  if (issuer === undefined) return { allowedOrigins, identify: guests({ newSecret: randomUUID }) };
  const defaultRooms = JSON.parse(optional(ENVIRONMENT.tokenDefaultRooms) ?? JSON.stringify(NO_RIGHTS));
  readRights(defaultRooms);
  const rules = {
    audience: required(ENVIRONMENT.tokenAudience).split(","),
    clockSkewSeconds: requiredNumber(ENVIRONMENT.tokenClockSkewSeconds),
    roomsClaim: required(ENVIRONMENT.tokenRoomsClaim),
    defaultRooms,
  };
  const now = Date.now;
  const claimsOf = tokensOf({ issuer, keysUri: required(ENVIRONMENT.tokenKeysUri), fetchKeys, now });
  return { allowedOrigins, identify: bearers({ claimsOf, rules, now }) };
});

/** API Gateway answers 401 only where the function fails, with just this word. */
export const handler = async (event: APIGatewayRequestAuthorizerEvent, context: Context) => {
  const answered = await authorizing(event, context);
  if (!answered) throw new Error("Unauthorized");
  return answered;
};
