import type { APIGatewayRequestAuthorizerEvent } from "aws-lambda";
import { expect, test } from "vitest";
import { authorize, bearers, guests } from "../../functions/authorize.ts";
import { Refusal } from "../../functions/protocol/refusal.ts";
import type { Claims } from "../../functions/protocol/token.ts";
import { unheard } from "../support/frame.ts";

interface Upgrade {
  readonly query?: Record<string, string>;
  readonly protocols?: string;
  readonly origin?: string;
}

/** What the authorizer answers to an upgrade, and what it logs. */
const asking = (identify: Parameters<typeof authorize>[0]["identify"]) => {
  const lines: unknown[] = [];
  const log = { ...unheard.log, info: (...line: unknown[]) => void lines.push(line) };
  const ask = ({ query, protocols, origin }: Upgrade = {}) => {
    const event = {
      methodArn: "arn:aws:execute-api:us-east-1:123456789012:abcd123/dev/$connect",
      queryStringParameters: query,
      headers: { ...(protocols && { "Sec-WebSocket-Protocol": protocols }), ...(origin && { Origin: origin }) },
    };
    const needs = { identify, allowedOrigins: ["https://chat.example.com"] };
    return authorize(needs)(event as unknown as APIGatewayRequestAuthorizerEvent, { ...unheard, log });
  };
  return { ask, lines };
};

const guest = (upgrade?: Upgrade) => asking(guests({ newSecret: () => "made here" })).ask(upgrade);

const secret = "c2VjcmV0LW9mLWFubi0xMjM0";

test("the same secret is the same guest, whichever way it is offered", async () => {
  const [query, subprotocol] = [
    await guest({ query: { client: secret } }),
    await guest({ protocols: `roomcast.v1, client.${secret}` }),
  ];
  expect(query?.principalId).toBe(subprotocol?.principalId);
  expect(query?.principalId).toMatch(/^guest-[\w-]{22}$/);
  expect(JSON.stringify(query)).not.toContain(secret);
});

test("another secret is another guest", async () => {
  const [one, other] = [await guest({ query: { client: secret } }), await guest({ query: { client: `${secret}!` } })];
  expect(one?.principalId).not.toBe(other?.principalId);
});

test("a guest without a secret or a name is let in", async () => {
  expect(await guest()).toMatchObject({
    principalId: expect.stringMatching(/^guest-/),
    policyDocument: { Statement: [{ Effect: "Allow" }] },
    context: { name: "" },
  });
});

/** An authorizer that takes tokens, of which `good` is the issuer's. */
const bearing = (claims: Claims = {}) =>
  asking(
    bearers({
      claimsOf: async (token) => {
        if (token === "good") return { sub: "ann", aud: "chat", exp: 1_700_000_600, rooms: ["*"], ...claims };
        if (token === "unknowable") throw new Error("The keys cannot be had.");
        throw new Refusal("FORBIDDEN", "The token's signature is wrong.");
      },
      rules: { audience: ["chat"], clockSkewSeconds: 60, roomsClaim: "rooms", defaultRooms: [] },
      now: () => 1_700_000_000_000,
    }),
  );

const allowed = {
  principalId: "ann",
  policyDocument: { Statement: [{ Effect: "Allow" }] },
  context: { name: "", validUntil: "1700000660", rights: '["*"]' },
};

test.each([
  ["in a subprotocol", { protocols: "roomcast.v1, bearer.good" }],
  ["in the query", { query: { token: "good" } }],
  ["in a subprotocol, though another is in the query", { protocols: "bearer.good", query: { token: "bad" } }],
])("a good token is taken %s, and later events know what it says", async (_where, upgrade) => {
  expect(await bearing().ask(upgrade)).toMatchObject(allowed);
});

test("the token's name goes before the query's", async () => {
  const upgrade = { query: { token: "good", name: "the admin" } };
  expect(await bearing({ name: "Ann" }).ask(upgrade)).toMatchObject({ context: { name: "Ann" } });
  expect(await bearing().ask(upgrade)).toMatchObject({ context: { name: "the admin" } });
});

test("who shows no token is not known, and a guest's secret is none", async () => {
  const { ask, lines } = bearing();
  expect(await ask({ query: { client: secret } })).toBeUndefined();
  expect(lines).toEqual([["Refused a connection.", { code: "UNAUTHORIZED", reason: "It shows no token." }]]);
});

test.each([
  ["a bad token", {}, { token: "bad" }, "The token's signature is wrong."],
  ["an empty token", {}, { token: "" }, "The token's signature is wrong."],
  ["a token that has expired", { exp: 1_600_000_000 }, { token: "good" }, "The token has expired."],
])("%s is denied, and the log says why", async (_what, claims, query, reason) => {
  const { ask, lines } = bearing(claims);
  expect(await ask({ query })).toMatchObject({ policyDocument: { Statement: [{ Effect: "Deny" }] } });
  expect(lines).toEqual([["Refused a connection.", { code: "FORBIDDEN", reason }]]);
});

test("a token that cannot be verified just now is a failure, neither allowed nor denied", async () => {
  await expect(bearing().ask({ query: { token: "unknowable" } })).rejects.toThrow("The keys cannot be had.");
});

test.each([
  ["a guest", () => guest({ origin: "https://evil.example" })],
  ["a token", () => bearing().ask({ origin: "https://evil.example", query: { token: "good" } })],
])("another site's page is denied with %s", async (_what, ask) => {
  expect(await ask()).toMatchObject({ policyDocument: { Statement: [{ Effect: "Deny" }] } });
});
