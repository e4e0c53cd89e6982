import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { deadLettersOf } from "../support/dead-letters.ts";
import type { Member } from "../support/member.ts";
import { quickClock } from "../support/quick-clock.ts";
import { runRedrive } from "../support/redrive-command.ts";
import { startRoomcast } from "../support/roomcast.ts";
import { withoutPresence } from "../support/without-presence.ts";

let folder: string;
let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let deadLetters: ReturnType<typeof deadLettersOf>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "roomcast-refused-"));
  await refusing();
  roomcast = await startRoomcast({
    executionClock: quickClock(20),
    // Presence posts too.
    change: withoutPresence,
    wrapped: {
      post: `import { readFileSync } from "node:fs";
        export const handler = (event, context) => {
          const refused = JSON.parse(readFileSync(${JSON.stringify(folder)} + "/refused.json", "utf8"));
          if (refused.includes(event.connectionId)) throw new Error("This post fails on purpose.");
          return real.handler(event, context);
        };`,
    },
  });
  deadLetters = deadLettersOf(roomcast);
});
beforeEach(async () => expect(await deadLetters.list()).toEqual([]));
afterAll(async () => {
  deadLetters.end();
  await roomcast.stop();
  await rm(folder, { recursive: true });
});

/** Says to which connections no post gets through. */
const refusing = (...connectionIds: string[]) => writeFile(join(folder, "refused.json"), JSON.stringify(connectionIds));

/** The command's options that lead it to this runtime. */
const here = () => ["--data", roomcast.data];

/** People of these names in a room. */
const inRoom = (room: string, ...names: string[]) => Promise.all(names.map((name) => roomcast.connect({ room, name })));

const connectionOf = async (name: string, room: string): Promise<string> => {
  const rows = await roomcast.rows("connections");
  return String(rows.find((row) => row.room === room && row.name === name)!.connectionId);
};

/** Has one more message come to everyone: whatever was on its way before has arrived then. */
const settle = async (publisher: Member, room: string, ...others: Member[]) => {
  const { id } = await publisher.ask({ message: "publish", room, data: "and now?" });
  await Promise.all(others.map((other) => other.next({ type: "message", id })));
};

test("what is published while post is switched off is delivered by the command afterwards, to each once", async () => {
  const [ann, bob, carl] = (await inRoom("outage", "ann", "bob", "carl")) as [Member, Member, Member];
  await settle(ann, "outage", bob, carl);
  const switchOn = await deadLetters.switchOff("post.handler");
  const posted = [];
  for (const data of ["one", "two"]) posted.push(await ann.ask({ message: "publish", room: "outage", data }));
  for (const letter of await deadLetters.come(2))
    expect(letter).toMatchObject({
      queue: "undelivered",
      room: "outage",
      connections: 2,
      reason: "The posts failed to the last try: Lambda.TooManyRequestsException (2).",
    });
  expect(await deadLetters.throttlesOf("post.handler")).toBeGreaterThan(0);
  await switchOn();

  const listed = await runRedrive(...here());
  expect(listed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("2 dead letters of Roomcast-dev.") });
  for (const { id } of posted) expect(listed.stdout).toContain(`message ${id}, room outage, 2 connections`);
  const asked = await runRedrive(...here(), "--all");
  expect(asked).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("Nothing was done: add --yes") });
  expect(asked.stdout.match(/Would post .* to 2 connections\./g)).toHaveLength(2);
  await deadLetters.come(2);

  const done = await runRedrive(...here(), "--all", "--yes");
  expect(done).toMatchObject({ exitCode: 0, stderr: "" });
  expect(done.stdout.match(/Posted .*: 2 delivered, 0 gone\./g)).toHaveLength(2);
  expect(await deadLetters.list()).toEqual([]);
  for (const member of [bob, carl])
    for (const { id, seq } of posted) expect(await member.next({ type: "message", id })).toMatchObject({ seq });
  await settle(ann, "outage", bob, carl);
  expect([ann.unread, bob.unread, carl.unread]).toEqual([[], [], []]);
});

test("only members that lack a message get it: not who has it, and not who has left", async () => {
  const [ann, bob, carl, dan] = (await inRoom("some", "ann", "bob", "carl", "dan")) as [Member, Member, Member, Member];
  await refusing(await connectionOf("bob", "some"), await connectionOf("dan", "some"));
  const { id } = await ann.ask({ message: "publish", room: "some", data: { secret: 1 } });
  const frame = await carl.next({ type: "message", id });
  const [letter] = await deadLetters.come(1);
  await refusing();
  await dan.ask({ message: "leave", room: "some" });

  const outcome = expect.stringMatching(/: 1 delivered, 0 gone; 1 connection left the room or ended since\.$/);
  expect(await deadLetters.redrive({ letterIds: [letter!.letterId], dryRun: false })).toEqual([
    { letterId: letter!.letterId, outcome, done: true },
  ]);
  expect(await bob.next({ type: "message", id })).toEqual(frame);
  await settle(ann, "some", bob, carl);
  expect([bob.unread, carl.unread, dan.unread]).toEqual([[], [], []]);
});

test("what fails again is in a new letter, and the old one is gone", async () => {
  const [ann, bob] = (await inRoom("again", "ann", "bob")) as [Member, Member];
  await refusing(await connectionOf("bob", "again"));
  const { id } = await ann.ask({ message: "publish", room: "again", data: "hello" });
  const [old] = await deadLetters.come(1);
  expect(await deadLetters.redriveAll()).toEqual([
    { letterId: old!.letterId, outcome: expect.stringContaining("1 failed again and in a new letter"), done: true },
  ]);
  const [letter, ...others] = await deadLetters.list();
  expect(letter).toMatchObject({ messageId: id, connections: 1 });
  expect([letter!.letterId !== old!.letterId, others]).toEqual([true, []]);
  await refusing();
  await deadLetters.redriveAll();
  await bob.next({ type: "message", id });
});

test("a range that was not served is served", async () => {
  const [ann, bob, carl] = (await inRoom("range", "ann", "bob", "carl")) as [Member, Member, Member];
  // As room-fanout keeps it where a child has failed three times; to have it fail, all DynamoDB would have to.
  const { id } = await ann.ask({ message: "publish", room: "range", data: "hello" });
  const { type: _, ...said } = await bob.next({ type: "message", id });
  await carl.next({ type: "message", id });
  const message = { ...said, seq: 99, audience: 0, sender: await connectionOf("ann", "range"), trace: "" };
  const sqs = new SQSClient(roomcast.client);
  const body = { reason: "…", error: "States.TaskFailed", message, from: "0", to: "g" };
  await sqs.send(
    new SendMessageCommand({ QueueUrl: roomcast.outputs.UndeliveredQueueUrl, MessageBody: JSON.stringify(body) }),
  );
  sqs.destroy();
  expect(await deadLetters.redriveAll()).toMatchObject([
    { outcome: expect.stringMatching(/: 2 delivered, 0 gone\.$/), done: true },
  ]);
  for (const member of [bob, carl]) await member.next({ type: "message", seq: 99 });
  expect(ann.unread).toEqual([]);
});

test("a backend's request that could not be published is published once", async () => {
  const [ann] = (await inRoom("news", "ann")) as [Member];
  const switchOn = await deadLetters.switchOff("publish-requested.handler");
  const events = new EventBridgeClient(roomcast.client);
  const entry = {
    EventBusName: roomcast.outputs.EventBusName,
    Source: "roomcast",
    DetailType: "PublishRequested",
    Detail: JSON.stringify({ room: "news", data: "headline", from: { id: "newsroom" } }),
  };
  await events.send(new PutEventsCommand({ Entries: [entry] }));
  events.destroy();
  const [letter] = await deadLetters.come(1);
  expect(letter).toMatchObject({ queue: "unpublished", room: "news", reason: expect.stringContaining("Zero") });
  await switchOn();
  expect(await deadLetters.redriveAll()).toMatchObject([{ done: true }]);
  await ann.next({ type: "message", data: "headline" });
  const { messages } = await ann.ask({ message: "history", room: "news", after: 0 });
  expect(messages).toHaveLength(1);
});

test("a letter that is not there is said, and the command fails", async () => {
  const { exitCode, stdout } = await runRedrive(...here(), "--letter", "no-such-letter", "--yes");
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining("no-such-letter  It is not in the queues now")]);
});

test("a stack that is not there is said", async () => {
  const stderr = expect.stringMatching(/^There is no queue Roomcast-prod-fanoutundelivered/);
  expect(await runRedrive(...here(), "--stage", "prod")).toMatchObject({ exitCode: 1, stderr });
});
