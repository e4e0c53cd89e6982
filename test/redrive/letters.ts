import type { Message } from "@aws-sdk/client-sqs";
import type { MessagePosted } from "../../functions/contracts/events.ts";

/** Monday noon, when every letter of the tests was put into its queue. */
export const NOON = Date.UTC(2026, 10, 23, 12);

export const message = (fields: Partial<MessagePosted> = {}): MessagePosted => ({
  id: "01M844QEWP6FNAXH63TWBHB0JJ",
  room: "lobby",
  seq: 7,
  from: { id: "guest-ann", name: "ann" },
  data: "hello",
  received: NOON - 60_000,
  audience: 0,
  sender: "sender=",
  trace: "Root=1-69000000-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=1",
  ...fields,
});

/** A queue's message as SQS hands it out. */
export const letter = (body: unknown, attributes: Record<string, string> = {}): Message => ({
  MessageId: "letter-1",
  ReceiptHandle: "handle-1",
  Body: typeof body === "string" ? body : JSON.stringify(body),
  Attributes: { SentTimestamp: String(NOON) },
  MessageAttributes: Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
  ),
});

/** What the state machines put into `undelivered` of connections. */
export const notPosted = (...connectionIds: string[]) => ({
  reason: "These connections could not be posted to.",
  message: message(),
  connections: connectionIds.map((connectionId) => ({ connectionId, error: "LimitExceededException" })),
});

/** What they put there of a range. */
export const notServed = (error?: string) => ({
  reason: "The members in this range of slots were not served.",
  message: message(),
  from: "33333333",
  to: "40000000",
  ...(error && { error, cause: "…" }),
});

/** The event that EventBridge could not start an execution with. */
export const event = () => ({ id: "event-1", source: "roomcast", "detail-type": "MessagePosted", detail: message() });

/** Lambda's record of a failed asynchronous invocation. */
export const notPublished = (answered: object = { errorType: "Error", errorMessage: "no table" }) => ({
  version: "1.0",
  requestContext: {
    functionArn: "arn:aws:lambda:us-east-1:111122223333:function:publish-requested:$LATEST",
    condition: "RetriesExhausted",
    approximateInvokeCount: 3,
  },
  requestPayload: { id: "event-2", "detail-type": "PublishRequested", detail: { room: "lobby", data: "news" } },
  ...(Object.keys(answered).length > 0 && { responsePayload: answered }),
});
