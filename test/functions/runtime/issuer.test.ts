import { expect, test } from "vitest";
import { tokensOf } from "../../../functions/runtime/issuer.ts";
import { keySetOf, type SigningKey, signedToken, signingKey, tokenOf } from "../../support/token-issuer.ts";

const ISSUER = "https://issuer.example";
const first = signingKey("first");
const second = signingKey("second", "ES256");
const claims = { iss: ISSUER, sub: "ann" };

/** An issuer with keys that a test may change, and how often it was asked for them. */
const issuer = (...keys: SigningKey[]) => {
  const has = { keys, text: undefined as string | undefined, down: false, now: 0, asked: 0 };
  const claimsOf = tokensOf({
    issuer: ISSUER,
    keysUri: `${ISSUER}/keys`,
    fetchKeys: async () => {
      has.asked += 1;
      if (has.down) throw new Error("it answered 503.");
      const bytes = new TextEncoder().encode(has.text ?? JSON.stringify(keySetOf(has.keys)));
      return bytes.buffer;
    },
    now: () => has.now,
  });
  return { has, claimsOf };
};

test("a token that the issuer has signed gives its claims, and the keys are asked for once", async () => {
  const { has, claimsOf } = issuer(first, second);
  expect(await claimsOf(signedToken(first, claims))).toEqual(claims);
  expect(await claimsOf(signedToken(second, claims))).toEqual(claims);
  expect(has.asked).toBe(1);
});

test("a token is not judged by the library's clock", async () => {
  const { claimsOf } = issuer(first);
  expect(await claimsOf(signedToken(first, { ...claims, exp: 1, nbf: 1e12 }))).toMatchObject({ exp: 1 });
});

test("a key that is new since the keys were asked for is asked for", async () => {
  const { has, claimsOf } = issuer(first);
  await claimsOf(signedToken(first, claims));
  has.keys = [second];
  expect(await claimsOf(signedToken(second, claims))).toEqual(claims);
  await expect(claimsOf(signedToken(first, claims))).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("a key that the issuer has taken back is good for an hour at most", async () => {
  const { has, claimsOf } = issuer(first);
  await claimsOf(signedToken(first, claims));
  has.keys = [second];
  has.now = 3_600_000;
  expect(await claimsOf(signedToken(first, claims))).toEqual(claims);
  has.now += 1;
  await expect(claimsOf(signedToken(first, claims))).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("of many tokens with keys that are not there one asks the issuer", async () => {
  const { has, claimsOf } = issuer(first);
  for (const kid of ["a", "b", "c"])
    await expect(claimsOf(signedToken({ ...second, kid }, claims))).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(has.asked).toBe(1);
  expect(await claimsOf(signedToken(first, claims))).toEqual(claims);
});

const SECRET = "c2VjcmV0";
const header = Buffer.from('{"alg":"RS256","kid":"first"}').toString("base64url");

test.each([
  ["nothing", ""],
  ["two parts", `${header}.${SECRET}`],
  ["a payload that is no JSON", `${header}.${SECRET}.${SECRET}`],
  ["a header that is no JSON", `${SECRET}.${SECRET}.${SECRET}`],
  ["no signature", `${signedToken(first, claims).split(".").slice(0, 2).join(".")}.`],
  ["a signature of one byte", tokenOf({ alg: "RS256", kid: "first" }, claims, () => Buffer.from("x"))],
  ["the same under a key of another kind", tokenOf({ alg: "ES256", kid: "second" }, claims, () => Buffer.from("x"))],
  ["a header that names no key", tokenOf({ alg: "RS256" }, claims, () => Buffer.from("x"))],
  ["an algorithm that its key is not for", tokenOf({ alg: "ES256", kid: "first" }, claims, () => Buffer.from("x"))],
])("%s instead of a token is refused, and not quoted", async (_what, token) => {
  const { claimsOf } = issuer(first, second);
  const refused = claimsOf(token).catch((error) => error);
  expect(await refused).toMatchObject({ name: "Refusal", code: "FORBIDDEN" });
  expect((await refused).message).not.toMatch(/secret|c2Vj/);
});

test.each([
  ["that cannot be had", (has: ReturnType<typeof issuer>["has"]) => Object.assign(has, { down: true })],
  ["that are no JSON", (has: ReturnType<typeof issuer>["has"]) => Object.assign(has, { text: "<html>" })],
  ["that are no keys", (has: ReturnType<typeof issuer>["has"]) => Object.assign(has, { text: '{"keys":[{}]}' })],
])("keys %s are a failure of ours, not the token's", async (_what, break_) => {
  const { has, claimsOf } = issuer(first);
  break_(has);
  await expect(claimsOf(signedToken(first, claims))).rejects.toMatchObject({ name: "KeysUnavailable" });
  Object.assign(has, { down: false, text: undefined });
  expect(await claimsOf(signedToken(first, claims))).toEqual(claims);
});
