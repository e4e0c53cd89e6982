import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { DeleteFunctionConcurrencyCommand, LambdaClient, PutFunctionConcurrencyCommand } from "@aws-sdk/client-lambda";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type DeadLetters, openDeadLetters } from "../../redrive/dead-letters.ts";
import type { Member } from "../support/member.ts";
import { quickClock } from "../support/quick-clock.ts";
import { startRoomcast } from "../support/roomcast.ts";
import { withoutPresence } from "../support/without-presence.ts";

const command = fileURLToPath(new URL("../../redrive/main.ts", import.meta.url));

let folder: string;
let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let lambda: LambdaClient;
let deadLetters: DeadLetters;
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
  lambda = new LambdaClient(roomcast.client);
  deadLetters = openDeadLetters("Roomcast-dev", roomcast.client);
});
beforeEach(async () => expect(await deadLetters.list()).toEqual([]));
afterAll(async () => {
  deadLetters.end();
  lambda.destroy();
  await roomcast.stop();
  await rm(folder, { recursive: true });
});

/** Says to which connections no post gets through. */
const refusing = (...connectionIds: string[]) => writeFile(join(folder, "refused.json"), JSON.stringify(connectionIds));

/** Switches a function off as an operator would: nothing of it runs any more. @returns what switches it on again */
const switchOff = async (handler: string) => {
  const FunctionName = roomcast.functions.find((one) => one.handler === handler)!.name;
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
  return () => lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
};

const redrive = (letterIds: readonly string[] | "all" = "all") => deadLetters.redrive({ letterIds, dryRun: false });
const letters = (count: number) => expect.poll(() => deadLetters.list(), { timeout: 10_000 }).toHaveLength(count);

/** `npm run redrive` on this runtime. */
const run = async (...args: string[]) => {
  const child = spawn(process.execPath, [command, "--data", roomcast.data, ...args]);
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { stdout, stderr, exitCode };
};

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
  const switchOn = await switchOff("post.handler");
  const posted = [];
  for (const data of ["one", "two"]) posted.push(await ann.ask({ message: "publish", room: "outage", data }));
  await letters(2);
  for (const letter of await deadLetters.list())
    expect(letter).toMatchObject({
      queue: "undelivered",
      room: "outage",
      connections: 2,
      reason: "The posts failed to the last try: Lambda.TooManyRequestsException (2).",
    });
  await switchOn();

  const listed = await run();
  expect(listed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("2 dead letters of Roomcast-dev.") });
  for (const { id } of posted) expect(listed.stdout).toContain(`message ${id}, room outage, 2 connections`);
  const asked = await run("--all");
  expect(asked).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("Nothing was done: add --yes") });
  expect(asked.stdout.match(/Would post .* to 2 connections\./g)).toHaveLength(2);
  await letters(2);

  const done = await run("--all", "--yes");
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
  await letters(1);
  await refusing();
  await dan.ask({ message: "leave", room: "some" });

  const [letter] = await deadLetters.list();
  const outcome = expect.stringMatching(/: 1 delivered, 0 gone; 1 connection left the room or ended since\.$/);
  expect(await redrive([letter!.letterId])).toEqual([{ letterId: letter!.letterId, outcome, done: true }]);
  expect(await bob.next({ type: "message", id })).toEqual(frame);
  await settle(ann, "some", bob, carl);
  expect([bob.unread, carl.unread, dan.unread]).toEqual([[], [], []]);
});

test("what fails again is in a new letter, and the old one is gone", async () => {
  const [ann, bob] = (await inRoom("again", "ann", "bob")) as [Member, Member];
  await refusing(await connectionOf("bob", "again"));
  const { id } = await ann.ask({ message: "publish", room: "again", data: "hello" });
  await letters(1);
  const [old] = await deadLetters.list();
  expect(await redrive()).toEqual([
    { letterId: old!.letterId, outcome: expect.stringContaining("1 failed again and in a new letter"), done: true },
  ]);
  const [letter, ...others] = await deadLetters.list();
  expect(letter).toMatchObject({ messageId: id, connections: 1 });
  expect([letter!.letterId !== old!.letterId, others]).toEqual([true, []]);
  await refusing();
  await redrive();
  await bob.next({ type: "message", id });
});

test("a range that was not served is served", async () => {
  const [ann, bob, carl] = (await inRoom("range", "ann", "bob", "carl")) as [Member, Member, Member];
  // As room-fanout keeps it where a child has failed three times; to have it fail, all DynamoDB would have to.
  const {
    from,
    type: _,
    ...frame
  } = await (async () => {
    const { id } = await ann.ask({ message: "publish", room: "range", data: "hello" });
    await carl.next({ type: "message", id });
    return bob.next({ type: "message", id });
  })();
  const message = { ...frame, from, seq: 99, audience: 0, sender: await connectionOf("ann", "range"), trace: "" };
  const sqs = new SQSClient(roomcast.client);
  const body = { reason: "…", error: "States.TaskFailed", message, from: "0", to: "g" };
  await sqs.send(
    new SendMessageCommand({ QueueUrl: roomcast.outputs.UndeliveredQueueUrl, MessageBody: JSON.stringify(body) }),
  );
  sqs.destroy();
  expect(await redrive()).toMatchObject([{ outcome: expect.stringMatching(/: 2 delivered, 0 gone\.$/), done: true }]);
  for (const member of [bob, carl]) await member.next({ type: "message", seq: 99 });
  expect(ann.unread).toEqual([]);
});

test("a backend's request that could not be published is published once", async () => {
  const [ann] = (await inRoom("news", "ann")) as [Member];
  const switchOn = await switchOff("publish-requested.handler");
  const events = new EventBridgeClient(roomcast.client);
  const entry = {
    EventBusName: roomcast.outputs.EventBusName,
    Source: "roomcast",
    DetailType: "PublishRequested",
    Detail: JSON.stringify({ room: "news", data: "headline", from: { id: "newsroom" } }),
  };
  await events.send(new PutEventsCommand({ Entries: [entry] }));
  events.destroy();
  await letters(1);
  const [letter] = await deadLetters.list();
  expect(letter).toMatchObject({ queue: "unpublished", room: "news", reason: expect.stringContaining("Zero") });
  await switchOn();
  expect(await redrive()).toMatchObject([{ done: true }]);
  await ann.next({ type: "message", data: "headline" });
  const { messages } = await ann.ask({ message: "history", room: "news", after: 0 });
  expect(messages).toHaveLength(1);
});

test("a fan-out that could not be started is started", async () => {
  const denied = await startRoomcast({
    change: ({ Resources }) => {
      for (const { Type, Properties } of Object.values(Resources))
        if (Type === "AWS::IAM::Policy")
          for (const statement of Properties.PolicyDocument.Statement)
            if (statement.Action === "states:StartExecution") statement.Action = "states:StopExecution";
    },
  });
  const its = openDeadLetters("Roomcast-dev", denied.client);
  try {
    const [ann, bob] = [await denied.connect({ room: "late" }), await denied.connect({ room: "late" })];
    const { id } = await ann.ask({ message: "publish", data: "hello" });
    await expect
      .poll(() => its.list(), { timeout: 10_000 })
      .toMatchObject([
        { queue: "not-started", messageId: id, room: "late", reason: expect.stringContaining("NO_PERMISSIONS") },
      ]);
    expect(await its.redrive({ letterIds: "all", dryRun: false })).toMatchObject([{ done: true }]);
    expect(await bob.next({ type: "message", id })).toMatchObject({ data: "hello" });
    expect(await its.list()).toEqual([]);
  } finally {
    its.end();
    await denied.stop();
  }
});

test("a letter that is not there is said, and the command fails", async () => {
  const { exitCode, stdout } = await run("--letter", "no-such-letter", "--yes");
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining("no-such-letter  It is not in the queues now")]);
});

test.each([
  [["--stage", "prod"], /^There is no queue Roomcast-prod-fanoutundelivered/],
  [["--data", "/nowhere"], /^No Roomcast runs on \/nowhere: start it with npm start\.\n$/],
])("%j: the command says what is missing", async (args, says) => {
  expect(await run(...args)).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(says) });
});
