import { App } from "aws-cdk-lib";
import { expect, test } from "vitest";
import { readRights } from "../../../functions/protocol/rights.ts";
import { readConfig } from "../../../infra/config.ts";
import { templateWith } from "../app-with.ts";

const ISSUER = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc";
const configFrom = (context: Record<string, unknown>) => readConfig(new App({ context }));
const withTokens = (context: Record<string, unknown> = {}) =>
  configFrom({ tokenIssuer: ISSUER, tokenAudience: "chat", ...context });
const wrong = (lines: string) =>
  new Error(`The configuration is wrong (CDK context, cdk.json or --context):\n  ${lines}`);

test("an issuer and an audience are enough: the keys are where OpenID Connect has them, the claim is rooms", () => {
  expect(withTokens()).toMatchObject({
    tokenIssuer: ISSUER,
    tokenAudience: ["chat"],
    tokenKeysUri: `${ISSUER}/.well-known/jwks.json`,
    tokenRoomsClaim: "rooms",
    tokenClockSkewSeconds: 60,
  });
});

test("an issuer that ends in a slash keeps it, and its keys are below", () => {
  expect(withTokens({ tokenIssuer: "https://login.example/" })).toMatchObject({
    tokenIssuer: "https://login.example/",
    tokenKeysUri: "https://login.example/.well-known/jwks.json",
  });
});

test.each([
  ["tokenAudience", "chat,admin", ["chat", "admin"]],
  ["tokenAudience", ["chat", "admin"], ["chat", "admin"]],
  ["tokenKeysUri", "https://login.example/keys", "https://login.example/keys"],
  ["tokenRoomsClaim", "https://example.com/rooms", "https://example.com/rooms"],
  ["tokenDefaultRooms", '["lobby", "team-*"]', '["lobby","team-*"]'],
  ["tokenDefaultRooms", ["*"], '["*"]'],
  ["tokenDefaultRooms", { read: ["*"] }, '{"read":["*"]}'],
  ["tokenClockSkewSeconds", "5", 5],
  ["tokenIssuer", "http://localhost:4000/", "http://localhost:4000/"],
  ["tokenIssuer", "http://127.0.0.1:4000", "http://127.0.0.1:4000"],
])("%s may be %j", (key, given, read) => {
  expect(withTokens({ [key]: given })).toHaveProperty(key, read);
});

const ISSUER_RULE = "it is an https URL of at most 256 characters, to the letter as the tokens have it in iss";
const ROOMS_RULE =
  'it is JSON like ["lobby","team-*"] or {"join":["*"],"read":["*"]}, at most 50 patterns and 1,500 bytes';

test.each([
  ["tokenIssuer", "http://login.example", ISSUER_RULE],
  ["tokenIssuer", "login.example", ISSUER_RULE],
  ["tokenIssuer", "https://login.example?tenant=1", ISSUER_RULE],
  ["tokenKeysUri", "http://login.example/keys", "it is an https URL of at most 256 characters"],
  ["tokenAudience", "", "it is one or more audiences, with commas between, at most 800 characters"],
  ["tokenAudience", "chat,,admin", "it is one or more audiences, with commas between, at most 800 characters"],
  ["tokenAudience", [], "it is one or more audiences, with commas between, at most 800 characters"],
  ["tokenDefaultRooms", Array.from({ length: 4 }, () => "é".repeat(256)), ROOMS_RULE],
  ["tokenRoomsClaim", "", "it is the name of a claim, 1 to 128 characters without spaces"],
  ["tokenDefaultRooms", "*", ROOMS_RULE],
  ["tokenDefaultRooms", '{"write":["*"]}', ROOMS_RULE],
  ["tokenDefaultRooms", '[""]', ROOMS_RULE],
  ["tokenDefaultRooms", Array.from({ length: 51 }, (_, index) => `room-${index}`), ROOMS_RULE],
  ["tokenDefaultRooms", Array.from({ length: 8 }, () => "x".repeat(256)), ROOMS_RULE],
  ["tokenClockSkewSeconds", 301, "it is a whole number from 1 to 300"],
])("%s may not be %j", (key, given, rule) => {
  expect(() => withTokens({ [key]: given })).toThrow(wrong(`${key} is ${JSON.stringify(given)}: ${rule}`));
});

test.each([
  ["patterns with what is escaped", Array.from({ length: 4 }, () => '"'.repeat(124))],
  ["fifty patterns", Array.from({ length: 50 }, (_, index) => `room-${index}-*`)],
  ["rights by name", { join: ["*"], publish: ["lobby"], read: [] }],
])("what the configuration takes as default rooms, the authorizer takes too: %s", (_what, rooms) => {
  expect(readRights(JSON.parse(String(withTokens({ tokenDefaultRooms: rooms }).tokenDefaultRooms)))).toBeDefined();
});

test("audiences of over 800 characters are refused: the authorizer's environment could not hold them", () => {
  const audiences = Array.from({ length: 4 }, (_, index) => `${index}`.padEnd(250, "x"));
  expect(() => withTokens({ tokenAudience: audiences })).toThrow("at most 800 characters");
});

test("the longest of everything fits the 4 KB of a function's environment", () => {
  const { ofType } = templateWith({
    tokenIssuer: "https://login.example/".padEnd(256, "x"),
    tokenKeysUri: "https://login.example/".padEnd(256, "x"),
    tokenAudience: Array.from({ length: 4 }, () => "x".repeat(199)),
    tokenRoomsClaim: "x".repeat(128),
    tokenDefaultRooms: Array.from({ length: 5 }, () => "x".repeat(296)),
    tokenClockSkewSeconds: 300,
    allowedOrigins: Array.from({ length: 4 }, () => "https://".padEnd(199, "x")),
  });
  const [authorizer] = ofType("AWS::Lambda::Function").filter(
    ({ Properties }) => Properties.Handler === "authorize.handler",
  );
  const { Variables } = authorizer!.Properties.Environment as { Variables: Record<string, string> };
  expect(Buffer.byteLength(Object.entries(Variables).flat().join(""))).toBeLessThan(4_096);
  expect(Variables.TOKEN_DEFAULT_ROOMS).toHaveLength(1_496);
});

test("an issuer without an audience is refused: it would let in whoever has a token for something else", () => {
  expect(() => configFrom({ tokenIssuer: ISSUER })).toThrow(wrong("tokenAudience is not set: tokenIssuer needs it"));
});

test.each(["tokenAudience", "tokenKeysUri", "tokenRoomsClaim", "tokenDefaultRooms", "tokenClockSkewSeconds"])(
  "%s without an issuer is refused: it would have no effect",
  (key) => {
    const value = { tokenKeysUri: "https://login.example/keys", tokenClockSkewSeconds: 1, tokenDefaultRooms: ["*"] };
    expect(() => configFrom({ [key]: value[key as keyof typeof value] ?? "chat" })).toThrow(
      wrong(`tokenIssuer is not set: ${key} needs it`),
    );
  },
);
