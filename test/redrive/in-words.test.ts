import { expect, test } from "vitest";
import { listed, shown } from "../../redrive/in-words.ts";
import { type Queue, readLetter } from "../../redrive/letter.ts";
import { event, letter, NOON, notPosted, notPublished, notServed } from "./letters.ts";

const shownOf = (queue: Queue, ...what: Parameters<typeof letter>) => shown(readLetter(queue, letter(...what)));
const inLobby = { letterId: "letter-1", at: NOON, room: "lobby", connections: 0 };
const ofMessage = { ...inLobby, messageId: "01M844QEWP6FNAXH63TWBHB0JJ" };

test("connections that could not be posted to are counted, by error", () => {
  const body = notPosted("a", "b", "c");
  const connections = [...body.connections, { connectionId: "d", error: "PostTimeout" }];
  expect(shownOf("undelivered", { ...body, connections })).toEqual({
    ...ofMessage,
    queue: "undelivered",
    connections: 4,
    reason: "The posts failed to the last try: LimitExceededException (3), PostTimeout (1).",
  });
});

test.each([
  ["DynamoDb.ThrottlingException", "A range of the room was not served in three tries: DynamoDb.ThrottlingException."],
  [undefined, "A range of the room was not served in three tries: its execution timed out."],
])("a range that was not served, because of %s", (error, reason) => {
  const range = { from: "33333333", to: "40000000" };
  expect(shownOf("undelivered", notServed(error))).toEqual({ ...ofMessage, queue: "undelivered", range, reason });
});

test.each([
  [{ ERROR_CODE: "NO_PERMISSIONS", ERROR_MESSAGE: "not allowed" }, "NO_PERMISSIONS: not allowed."],
  [{}, "it does not say why."],
])("a fan-out that was not started, with the attributes %j", (attributes, why) => {
  const reason = `EventBridge could not start the fan-out: ${why}`;
  expect(shownOf("not-started", event(), attributes)).toEqual({ ...ofMessage, queue: "not-started", reason });
});

test.each([
  [{ errorType: "Error", errorMessage: "no table" }, "Error: no table."],
  [{}, "the function never ran."],
])("a request that was not published, to which the function said %j", (answered, why) => {
  const reason = `Not published in 3 attempts (RetriesExhausted): ${why}`;
  expect(shownOf("unpublished", notPublished(answered))).toEqual({ ...inLobby, queue: "unpublished", reason });
});

test.each([
  ["text", "undelivered", "hello"],
  ["a letter of another queue", "undelivered", event()],
  ["a message without connections or range", "undelivered", { message: event().detail }],
  ["an event without a message", "not-started", { detail: {} }],
  ["no record of Lambda's", "unpublished", event()],
] as const)("%s in a queue is shown, not thrown", (_what, queue, body) => {
  const { reason, connections } = shownOf(queue, body);
  expect([reason, connections]).toEqual([
    expect.stringMatching(/^It cannot be read, and was not put here by Roomcast: /),
    0,
  ]);
});

test("in the terminal a letter says when, what and why", () => {
  expect(listed(shownOf("undelivered", notPosted("a")))).toBe(
    `letter-1  undelivered  2026-11-23 12:00:00 UTC
  message 01M844QEWP6FNAXH63TWBHB0JJ, room lobby, 1 connection
  The posts failed to the last try: LimitExceededException (1).
`,
  );
});
