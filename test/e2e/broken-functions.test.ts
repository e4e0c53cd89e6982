import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { afterAll, beforeAll, expect, test } from "vitest";
import { queueReader } from "../support/receipts.ts";
import { startRoomcast } from "../support/roomcast.ts";

/** `ping` does what its ref says, and otherwise what it should. */
const brokenPing = `
  const { promise: never } = Promise.withResolvers();
  const faults = {
    throws: () => { throw new Error("a secret of the inside"); },
    hangs: () => never,
    exits: () => process.exit(3),
    "returns a number": () => 42,
    "returns no JSON": () => { const loop = {}; loop.loop = loop; return loop; },
    "answers without a body": () => ({ statusCode: 200 }),
  };
  export const handler = (event, context) => {
    const fault = faults[JSON.parse(event.body).ref];
    return fault ? fault() : real.handler(event, context);
  };`;

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
beforeAll(async () => {
  roomcast = await startRoomcast({
    wrapped: { ping: brokenPing },
    change: ({ Resources }) => {
      const lambda = Object.values(Resources).find(({ Properties }) => Properties?.Handler === "ping.handler")!;
      lambda.Properties.Timeout = 1;
      // EventBridge's own retries last a day.
      const rule = Object.values(Resources).find(({ Type }) => Type === "AWS::Events::Rule")!;
      rule.Properties.Targets[0].RetryPolicy.MaximumRetryAttempts = 0;
    },
  });
});
afterAll(() => roomcast.stop());

test.each(["throws", "hangs", "exits", "returns a number", "returns no JSON"])(
  "a function that %s is answered as API Gateway does, and the next frame is served",
  async (fault) => {
    const ann = await roomcast.connect();
    ann.send({ message: "ping", ref: fault });
    expect(await ann.next({})).toEqual({
      message: "Internal server error",
      connectionId: expect.stringMatching(/=$/),
      requestId: expect.any(String),
    });
    expect(await ann.ask({ message: "ping" })).toMatchObject({ type: "pong" });
    await ann.close();
  },
);

test("a function that answers without a body sends the client nothing", async () => {
  const ann = await roomcast.connect();
  ann.send({ message: "ping", ref: "answers without a body" });
  expect(await ann.ask({ message: "join", room: "lobby" })).toMatchObject({ type: "joined" });
  expect(ann.unread).toEqual([]);
  await ann.close();
});

test("a failing function shows its error in the log", () => {
  expect(roomcast.logged).toContainEqual(
    expect.objectContaining({
      level: "error",
      from: "lambda/ping",
      message: expect.stringContaining("a secret of the inside"),
    }),
  );
});

test("an event over 256 KiB starts no execution, and is kept in the rule's dead-letter queue", async () => {
  const ann = await roomcast.connect({ room: "lobby" });
  const bus = new EventBridgeClient(roomcast.client);
  const detail = { id: "01M", room: "lobby", seq: 1, sender: "none", data: "x".repeat(300_000), received: 1 };
  const entry = { EventBusName: roomcast.outputs.EventBusName, Source: "roomcast", DetailType: "MessagePosted" };
  const { FailedEntryCount } = await bus.send(
    new PutEventsCommand({ Entries: [{ ...entry, Detail: JSON.stringify(detail) }] }),
  );
  expect(FailedEntryCount).toBe(0);
  const deadLetters = queueReader(roomcast.client, roomcast.outputs.NotStartedQueueUrl!);
  expect((await deadLetters.next()).detail.data).toHaveLength(300_000);
  expect(await ann.ask({ message: "publish", data: "still here" })).toMatchObject({ type: "ack" });
  deadLetters.close();
  bus.destroy();
  await ann.close();
});
