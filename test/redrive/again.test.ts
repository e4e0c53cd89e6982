import { expect, test } from "vitest";
import { type AgainNeeds, doAgain } from "../../redrive/again.ts";
import { type Queue, readLetter } from "../../redrive/letter.ts";
import type { SegmentInput, Served } from "../../redrive/segment.ts";
import { event, letter, message, notPosted, notPublished, notServed } from "./letters.ts";

const FRAME = {
  type: "message",
  id: "01M844QEWP6FNAXH63TWBHB0JJ",
  room: "lobby",
  seq: 7,
  from: { id: "guest-ann", name: "ann" },
  data: "hello",
  received: message().received,
};
const untraced = message().trace.replace("Sampled=1", "Sampled=0");

/** A stack that writes down what is done in it. */
const stack = ({
  inRoom = () => true,
  answers = [],
}: {
  inRoom?: (connectionId: string) => boolean;
  /** What the executions answer, one after the other; then, that they have delivered to all. */
  answers?: Partial<Served>[];
} = {}) => {
  const served: { input: SegmentInput; trace: string }[] = [];
  const started: string[] = [];
  const invoked: { functionArn: string; event: unknown }[] = [];
  let hidden = 0;
  const needs: AgainNeeds = {
    members: async (_room, ids) => ids.filter(inRoom).map((connectionId) => ({ connectionId, connectedAt: 1 })),
    serve: async (input, trace) => {
      served.push({ input, trace });
      const all = { delivered: input.connections?.length ?? 1, gone: 0, failed: 0, from: null };
      return { ...all, ...answers.shift() };
    },
    fanOut: async (text) => void started.push(text),
    invoke: async (functionArn, payload) => void invoked.push({ functionArn, event: payload }),
    hideLonger: async () => void hidden++,
  };
  const again = (queue: Queue, body: unknown, dryRun = false) =>
    doAgain(needs)(readLetter(queue, letter(body)), dryRun);
  return { again, served, started, invoked, hidden: () => hidden };
};

test("connections are posted to, and nobody else, with what the other members got", async () => {
  const { again, served } = stack();
  expect(await again("undelivered", notPosted("a", "b"))).toBe(
    "Posted message 01M844QEWP6FNAXH63TWBHB0JJ (number 7 of lobby): 2 delivered, 0 gone.",
  );
  const connections = ["a", "b"].map((connectionId) => ({ connectionId, connectedAt: 1 }));
  const input = { message: message(), frame: FRAME, from: null, to: null, connections };
  expect(served).toEqual([{ input, trace: message().trace }]);
});

test("who has left the room is not posted to, and where nobody is left nothing runs", async () => {
  const some = stack({ inRoom: (id) => id === "b" });
  expect(await some.again("undelivered", notPosted("a", "b", "c"))).toMatch(
    /: 1 delivered, 0 gone; 2 connections left the room or ended since\.$/,
  );
  expect(some.served.map(({ input }) => input.connections?.map(({ connectionId }) => connectionId))).toEqual([["b"]]);
  const none = stack({ inRoom: () => false });
  await none.again("undelivered", notPosted("a"));
  expect(none.served).toEqual([]);
});

test("many connections are posted to in batches, of which the first is traced, and the letter stays hidden meanwhile", async () => {
  const { again, served, hidden } = stack();
  const ids = Array.from({ length: 700 }, (_, index) => `${index}`);
  expect(await again("undelivered", notPosted(...ids))).toContain("700 delivered");
  const batches = served.map(({ input, trace }) => [input.connections?.length, trace]);
  expect(batches).toEqual([[20, message().trace], ...[200, 200, 200, 80].map((count) => [count, untraced])]);
  expect(served.flatMap(({ input }) => input.connections?.map(({ connectionId }) => connectionId))).toEqual(ids);
  expect(hidden()).toBe(5);
});

test("the largest letter fits the input of an execution", async () => {
  const { again, served } = stack();
  const body = notPosted(...Array.from({ length: 700 }, (_, index) => `${index}`.padStart(16, "A")));
  await again("undelivered", { ...body, message: message({ data: "x".repeat(28_672) }) });
  const bytes = served.map(({ input }) => Buffer.byteLength(JSON.stringify(input)));
  expect(Math.max(...bytes)).toBeLessThan(256 * 1024);
});

test("a range is served until there is nowhere to go on", async () => {
  const { again, served } = stack({
    answers: [
      { delivered: 500, from: "38" },
      { gone: 2, failed: 3, delivered: 9 },
    ],
  });
  expect(await again("undelivered", notServed())).toBe(
    "Posted message 01M844QEWP6FNAXH63TWBHB0JJ (number 7 of lobby): 509 delivered, 2 gone, 3 failed again and in a new letter.",
  );
  const range = { message: message(), frame: FRAME, to: "40000000" };
  expect(served).toEqual(["33333333", "38"].map((from) => ({ input: { ...range, from }, trace: untraced })));
});

test("a fan-out is started with the very event", async () => {
  const { again, started } = stack();
  expect(await again("not-started", event())).toMatch(/^Started the fan-out of message 01M844QEWP6FNAXH63TWBHB0JJ/);
  expect(started).toEqual([JSON.stringify(event())]);
});

test("a request goes to its function again, with the id that makes it one message", async () => {
  const { again, invoked } = stack();
  expect(await again("unpublished", notPublished())).toBe(
    "Had the request event-2 published: Lambda has it in its queue.",
  );
  const { functionArn } = notPublished().requestContext;
  expect(invoked).toEqual([{ functionArn, event: notPublished().requestPayload }]);
});

test.each([
  [
    "undelivered",
    notPosted("a", "b"),
    "Would post message 01M844QEWP6FNAXH63TWBHB0JJ (number 7 of lobby) to 2 connections.",
  ],
  [
    "undelivered",
    notServed(),
    expect.stringMatching(/^Would post .* to everyone with a slot from 33333333 to 40000000\.$/),
  ],
  ["not-started", event(), expect.stringMatching(/^Would start the fan-out of message 01M844QEWP6FNAXH63TWBHB0JJ/)],
  ["unpublished", notPublished(), "Would have the request event-2 published."],
] as const)("a dry run of %s does nothing", async (queue, body, says) => {
  const { again, served, started, invoked } = stack();
  expect(await again(queue, body, true)).toEqual(says);
  expect([served, started, invoked]).toEqual([[], [], []]);
});

test.each([true, false])("what cannot be read stays, dry run or not (%s)", async (dryRun) => {
  await expect(async () => stack().again("undelivered", "hello", dryRun)).rejects.toThrow(/cannot be read/);
});
