import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { configured } from "../support/configured.ts";
import { logLinesOf } from "../support/log-groups.ts";
import { startRoomcast } from "../support/roomcast.ts";
import { signedToken, signedWithPublicKey, signingKey, startTokenIssuer, tokenOf } from "../support/token-issuer.ts";
import { traceReader } from "../support/traces.ts";

const key = signingKey("2026-11");
const OUR_SITE = "https://chat.example.com";
const SKEW = 60;

let issuer: Awaited<ReturnType<typeof startTokenIssuer>>;
let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
beforeAll(async () => {
  issuer = await startTokenIssuer(key);
  const synthesize = configured({
    tokenIssuer: issuer.url,
    tokenAudience: "chat,chat-mobile",
    tokenDefaultRooms: '["lobby","hall-*"]',
    tokenClockSkewSeconds: SKEW,
    allowedOrigins: OUR_SITE,
    accessLogs: "use-account-role",
    tracedPercent: 100,
  });
  roomcast = await startRoomcast({ synthesize });
});
afterAll(async () => {
  await roomcast.stop();
  await issuer.close();
});

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;

/** The claims of a token that is good, but for the changes. */
const claimsWith = (changes: object = {}) => ({
  iss: issuer.url,
  aud: "chat",
  sub: "ann",
  name: "Ann",
  exp: inSeconds(600),
  ...changes,
});

const signed = (changes?: object) => signedToken(key, claimsWith(changes));
/** The parts of a token that are nobody else's: its claims and its signature. */
const secretsOf = (token: string) => (token.includes(".") ? token.split(".").slice(1).filter(Boolean) : [token]);

/** Every token that Roomcast was shown. */
const shown = new Set<string>();

/** Connects with a token in a subprotocol, which is where it belongs. */
const connect = (token: string, query?: Record<string, string>, options?: { origin?: string }) => {
  shown.add(token);
  return roomcast.connect(query, { ...options, protocols: ["roomcast.v1", `bearer.${token}`] });
};

/** What becomes of an upgrade: 101, or the status of its refusal. */
const statusOf = (upgrade: ReturnType<typeof connect>): Promise<number> =>
  upgrade.then(
    async (member) => {
      await member.close();
      return 101;
    },
    (error: Error) => Number(/Unexpected server response: (\d+)/.exec(error.message)?.[1]),
  );

const unsigned = (claims: object, alg: string) => tokenOf({ alg, kid: key.kid }, claims, () => Buffer.alloc(0));
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
  ["signed with our public key as a secret (HS256)", 403, () => signedWithPublicKey(key, claimsWith())],
  ["signed by somebody else in our key's name", 403, () => signedToken(signingKey(key.kid), claimsWith())],
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
  expect(await statusOf(roomcast.connect({ client: "a-guest-who-is-not-known-here" }))).toBe(401);
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

const rooms = { join: ["lobby", "team-*"], publish: ["lobby"], read: ["team-*"] };

test.each([
  [{ message: "join", room: "lobby" }, "joined"],
  [{ message: "join", room: "team-red" }, "joined"],
  [{ message: "join", room: "attic" }, "FORBIDDEN"],
  [{ message: "publish", room: "lobby", data: 1 }, "ack"],
  [{ message: "publish", room: "team-red", data: 1 }, "FORBIDDEN"],
  [{ message: "publish", room: "attic", data: 1 }, "FORBIDDEN"],
  [{ message: "history", room: "lobby", after: 0 }, "FORBIDDEN"],
  [{ message: "history", room: "team-red", after: 0 }, "history"],
  [{ message: "members", room: "lobby" }, "FORBIDDEN"],
  [{ message: "members", room: "team-red" }, "members"],
  [{ message: "history", room: "team-blue", after: 0 }, "NOT_A_MEMBER"],
  [{ message: "leave", room: "attic" }, "left"],
])("one who may join the lobby and teams, publish in the lobby and read teams: %o, %s", async (frame, answer) => {
  const cat = await connect(signed({ sub: "cat", rooms }));
  for (const room of ["lobby", "team-red"]) await cat.ask({ message: "join", room });
  const { type, code = type } = await cat.ask(frame);
  expect(code).toBe(answer);
  await cat.close();
});

test.each([
  ["a room that the token allows", { rooms }, "team-red", 101],
  ["another room", { rooms }, "attic", 403],
  ["a room that is allowed without the claim", {}, "hall-2", 101],
  ["another room, without the claim", {}, "attic", 403],
  ["any room, with a claim that allows none", { rooms: [] }, "lobby", 403],
])("connecting to %s: %o, %s, %i", async (_which, claim, room, status) => {
  expect(await statusOf(connect(signed(claim), { room }))).toBe(status);
});

test("a frame that comes when the token has expired is refused, and ends the connection", async () => {
  const dan = await connect(signed({ sub: "dan", exp: inSeconds(8 - SKEW) }), { room: "lobby" });
  const closed = once(dan.socket, "close");
  expect(await dan.ask({ message: "ping" })).toMatchObject({ type: "pong" });
  const refusal = {
    type: "error",
    code: "FORBIDDEN",
    reason: "Your token has expired: connect again with a new one.",
    expired: true,
  };
  // Twice a second, so that no limit is in the way.
  const asked = expect.poll(() => dan.ask({ message: "publish", data: "Am I heard?" }), {
    interval: 500,
    timeout: 30_000,
  });
  await asked.toMatchObject(refusal);
  await closed;
});

test("who only listens gets nothing more when the token has expired, and the connection ends", async () => {
  const exp = inSeconds(600);
  const [eve, bob] = await Promise.all([
    connect(signed({ sub: "eve", exp }), { room: "hall-1" }),
    connect(signed({ sub: "bob" }), { room: "hall-1" }),
  ]);
  const closed = once(eve.socket, "close");
  const rowOf = async (memberId: string) =>
    (await roomcast.rows("connections")).find((row) => row.room === "hall-1" && row.memberId === memberId);
  const row = await rowOf("eve");
  expect(row).toMatchObject({ validUntil: exp + SKEW });
  await bob.ask({ message: "publish", data: "Are you there?" });
  await eve.next({ type: "message" });

  await roomcast.putRows("connections", { ...row, validUntil: inSeconds(-1) });
  await bob.ask({ message: "publish", data: "Are you still there?" });
  await closed;
  expect(eve.unread).toEqual([]);
  await expect.poll(() => rowOf("eve")).toBeUndefined();
  expect(await rowOf("bob")).toBeDefined();
  await bob.close();
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
  const bad = [{ exp: 0 }, { iss: "https://issuer.example" }, { aud: "bank" }].map(signed);
  for (const token of [...bad, signedToken(signingKey("mallory"), claimsWith()), "keep-it-as-a-secret-of-mine"])
    expect(await statusOf(connect(token))).toBe(403);
  const token = signed({ sub: "in the query" });
  shown.add(token);
  expect(await statusOf(roomcast.connect({ token }))).toBe(101);
  const traces = traceReader(roomcast.client);
  const documents = await Promise.all((await traces.find()).map(traces.documents));
  traces.close();
  const kept = {
    lines: await logLinesOf(roomcast.client),
    terminal: JSON.stringify(roomcast.logged),
    traces: documents.flat().join("\n"),
    disk: await filesIn(roomcast.data),
  };
  const expected = [
    ...["has expired", "is signed with a key", "is no JSON Web Token", "is of another issuer"].map(
      (why) => [kept.lines, `The token ${why}`] as const,
    ),
    [kept.lines, '"routeKey":"$connect"'] as const,
    [kept.traces, "AWS::Lambda::Function"] as const,
  ];
  expect(expected.filter(([where, text]) => !where.includes(text)).map(([, text]) => text)).toEqual([]);
  const secrets = [...shown].flatMap(secretsOf);
  expect(secrets.length).toBeGreaterThan(8);
  for (const [where, text] of Object.entries(kept))
    expect([where, secrets.filter((secret) => text.includes(secret))]).toEqual([where, []]);
});
