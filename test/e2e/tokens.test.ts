import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { configured } from "../support/configured.ts";
import { logLinesOf } from "../support/log-groups.ts";
import { startRoomcast } from "../support/roomcast.ts";
import { signedToken, signedWithPublicKey, signingKey, startTokenIssuer, tokenOf } from "../support/token-issuer.ts";
import { traceReader } from "../support/traces.ts";
import { inSeconds, SKEW, startWithTokens, statusOf } from "../support/with-tokens.ts";

const OUR_SITE = "https://chat.example.com";

let tokens: Awaited<ReturnType<typeof startWithTokens>>;
beforeAll(async () => {
  tokens = await startWithTokens({
    tokenDefaultRooms: '["lobby"]',
    allowedOrigins: OUR_SITE,
    accessLogs: "use-account-role",
    tracedPercent: 100,
  });
});
afterAll(() => tokens.stop());

const claimsWith = (changes?: object) => tokens.claimsWith(changes);
const signed = (changes?: object) => tokens.signed(changes);
const connect = (...upgrade: Parameters<typeof tokens.connect>) => tokens.connect(...upgrade);

/** The parts of a token that are nobody else's: its claims and its signature. */
const secretsOf = (token: string) => (token.includes(".") ? token.split(".").slice(1).filter(Boolean) : [token]);

const unsigned = (claims: object, alg: string) => tokenOf({ alg, kid: tokens.key.kid }, claims, () => Buffer.alloc(0));
const changed = () => {
  const [header, , signature] = signed().split(".");
  return [header, signed({ sub: "the admin" }).split(".")[1], signature].join(".");
};

test.each<[what: string, status: number, token: () => string]>([
  ["that is good", 101, () => signed()],
  ["for another of our audiences", 101, () => signed({ aud: ["bank", "chat-mobile"] })],
  ["of a Cognito pool: `client_id` and no `aud`", 101, () => signed({ aud: undefined, client_id: "chat" })],
  ["that has expired, but not by more than the clock's skew", 101, () => signed({ exp: inSeconds(10 - SKEW) })],
  ["that has expired", 403, () => signed({ exp: inSeconds(-SKEW) })],
  ["that never expires", 403, () => signed({ exp: undefined })],
  ["that is not valid yet", 403, () => signed({ nbf: inSeconds(SKEW + 10) })],
  ["without a signature", 403, () => unsigned(claimsWith(), "RS256")],
  ["that says it needs none (`alg: none`)", 403, () => unsigned(claimsWith(), "none")],
  ["signed with our public key as a secret (HS256)", 403, () => signedWithPublicKey(tokens.key, claimsWith())],
  ["signed by somebody else in our key's name", 403, () => signedToken(signingKey(tokens.key.kid), claimsWith())],
  ["signed by somebody else", 403, () => signedToken(signingKey("mallory"), claimsWith())],
  ["that was changed after it was signed", 403, changed],
  ["of another issuer", 403, () => signed({ iss: "https://issuer.example" })],
  ["for another audience", 403, () => signed({ aud: "bank" })],
  ["for nobody", 403, () => signed({ aud: undefined })],
  ["of nobody", 403, () => signed({ sub: undefined })],
  ["of somebody with more rights than fit", 403, () => signed({ rooms: Array.from({ length: 51 }, String) })],
  ["that is none", 403, () => "keep-it-as-a-secret-of-mine"],
])("a token %s: %i", async (_what, status, token) => {
  expect(await statusOf(connect(token()))).toBe(status);
});

test("a guest's secret and no token: 401", async () => {
  expect(await statusOf(tokens.roomcast.connect({ client: "a-guest-who-is-not-known-here" }))).toBe(401);
});

test.each([
  ["our site", OUR_SITE, 101],
  ["another site", "https://evil.example", 403],
  ["a page in a sandbox", "null", 403],
])("a good token in a page of %s: %s, %i", async (_whose, origin, status) => {
  expect(await statusOf(connect(signed(), {}, { origin }))).toBe(status);
});

test("others see who the token is of, whatever the client calls itself", async () => {
  const [ann, bob] = await Promise.all([
    connect(signed(), { room: "lobby", name: "the admin" }),
    connect(signed({ sub: "bob", name: undefined }), { room: "lobby", name: "Bob" }),
  ]);
  await ann.ask({ message: "publish", data: "from ann" });
  await bob.ask({ message: "publish", data: "from bob" });
  expect(await bob.next({ type: "message" })).toMatchObject({ from: { id: "ann", name: "Ann" } });
  expect(await ann.next({ type: "message" })).toMatchObject({ from: { id: "bob", name: "Bob" } });
  await Promise.all([ann.close(), bob.close()]);
});

test("while the issuer is down nobody gets in, and later a key counts for as long as the issuer has it", async () => {
  const [first, second] = [signingKey("first"), signingKey("second", "ES256")];
  const another = await startTokenIssuer(first);
  another.goDown();
  const { connect, stop } = await startRoomcast({
    synthesize: configured({ tokenIssuer: another.url, tokenAudience: "chat" }),
  });
  const tokenBy = (key: typeof first) => signedToken(key, claimsWith({ iss: another.url }));
  const statusBy = (key: typeof first) =>
    statusOf(connect({}, { protocols: ["roomcast.v1", `bearer.${tokenBy(key)}`] }));
  expect(await statusBy(first)).toBe(500);
  another.rotate(first);
  expect(await statusBy(first)).toBe(101);
  another.rotate(second);
  expect(await statusBy(second)).toBe(101);
  expect(await statusBy(first)).toBe(403);
  await stop();
  await another.close();
});

/** All that was written to the disk, but for the code. */
const filesIn = async (folder: string): Promise<string> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return (await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), "latin1")))).join(
    "\n",
  );
};

test("no token is in a log line, a trace, the record or anything else that is kept", async () => {
  const bad = [{ exp: 0 }, { iss: "https://issuer.example" }, { aud: "bank" }].map((changes) => signed(changes));
  for (const token of [...bad, signedToken(signingKey("mallory"), claimsWith()), "keep-it-as-a-secret-of-mine"])
    expect(await statusOf(connect(token))).toBe(403);
  const token = signed({ sub: "in the query" });
  tokens.shown.add(token);
  expect(await statusOf(tokens.roomcast.connect({ token }))).toBe(101);
  const traces = traceReader(tokens.roomcast.client);
  const documents = await Promise.all((await traces.find()).map(traces.documents));
  traces.close();
  const kept = {
    lines: await logLinesOf(tokens.roomcast.client),
    terminal: JSON.stringify(tokens.roomcast.logged),
    traces: documents.flat().join("\n"),
    disk: await filesIn(tokens.roomcast.data),
  };
  const expected = [
    ...["has expired", "is signed with a key", "is no JSON Web Token", "is of another issuer"].map(
      (why) => [kept.lines, `The token ${why}`] as const,
    ),
    [kept.lines, '"routeKey":"$connect"'] as const,
    [kept.traces, "AWS::Lambda::Function"] as const,
  ];
  expect(expected.filter(([where, text]) => !where.includes(text)).map(([, text]) => text)).toEqual([]);
  const secrets = [...tokens.shown].flatMap(secretsOf);
  expect(secrets.length).toBeGreaterThan(8);
  for (const [where, text] of Object.entries(kept))
    expect([where, secrets.filter((secret) => text.includes(secret))]).toEqual([where, []]);
});
