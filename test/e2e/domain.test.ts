import { afterAll, beforeAll, expect, test } from "vitest";
import { synthesize } from "../../local/synthesize.ts";
import { connectMember } from "../support/member.ts";
import { startRoomcast } from "../support/roomcast.ts";

const DOMAIN = "chat.example.com";
const KEY = "arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
beforeAll(async () => {
  const context = {
    domainName: DOMAIN,
    certificateArn: "arn:aws:acm:us-east-1:000000000000:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
    encryptionKeyArn: KEY,
    removalPolicy: "retain",
  };
  roomcast = await startRoomcast({ synthesize: (outdir) => synthesize(outdir, context) });
});
afterAll(() => roomcast.stop());

/** Connects as somebody does who has been told the domain, and nothing of a stage. */
const connectByDomain = (query: Record<string, string>) =>
  connectMember(`${roomcast.origin.replace("http", "ws")}/`, query, { headers: { Host: DOMAIN } });

test("the endpoint that the stack tells is the domain, and where DNS has to point is told too", () => {
  expect(roomcast.outputs.WebSocketEndpoint).toBe(`wss://${DOMAIN}`);
  expect(roomcast.outputs.DomainTarget).toMatch(/^d-\w+\.execute-api\.us-east-1\.amazonaws\.com$/);
});

test("members talk, look back and are told of each other by the domain, over tables that have a key of one's own", async () => {
  const ann = await connectByDomain({ room: "lobby", name: "Ann" });
  const bob = await connectByDomain({ name: "Bob" });
  expect(await bob.ask({ message: "join", room: "lobby" })).toMatchObject({ type: "joined", room: "lobby" });
  expect(await ann.ask({ message: "publish", data: "hello" })).toMatchObject({ type: "ack", seq: 1 });
  expect(await bob.next({ type: "message" })).toMatchObject({ data: "hello", from: { name: "Ann" } });
  expect(await bob.ask({ message: "history", room: "lobby", after: 0 })).toMatchObject({
    messages: [{ seq: 1, data: "hello" }],
  });
  expect(await bob.ask({ message: "members", room: "lobby" })).toMatchObject({ type: "members" });
  await ann.next({ type: "presence" });
  expect(await bob.ask({ message: "leave", room: "lobby" })).toMatchObject({ type: "left" });
  await Promise.all([ann.close(), bob.close()]);
});

test("a member who comes by the stage itself is in the same rooms", async () => {
  const [ann, bob] = await Promise.all([connectByDomain({ room: "hall" }), roomcast.connect({ room: "hall" })]);
  await bob.ask({ message: "publish", room: "hall", data: "from the stage" });
  expect(await ann.next({ type: "message" })).toMatchObject({ data: "from the stage" });
  await ann.ask({ message: "publish", room: "hall", data: "from the domain" });
  expect(await bob.next({ type: "message" })).toMatchObject({ data: "from the domain" });
  await Promise.all([ann.close(), bob.close()]);
});

test("the stage's path is none of the domain's", async () => {
  const elsewhere = connectMember(`${roomcast.origin.replace("http", "ws")}/dev`, {}, { headers: { Host: DOMAIN } });
  await expect(elsewhere).rejects.toThrow("Unexpected server response: 403");
});

test("nobody was refused what the tables or their key need", () => {
  expect(roomcast.logged.filter(({ from }) => from === "iam")).toEqual([]);
});
