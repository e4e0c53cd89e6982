import type { Message } from "@aws-sdk/client-sqs";
import type { MessagePosted } from "../functions/contracts/events.ts";

/** The stack's queues of dead letters; docs/events.md says what comes into each. */
export const QUEUES = ["undelivered", "not-started", "unpublished"] as const;

export type Queue = (typeof QUEUES)[number];

interface InQueue {
  /** SQS's id of the message in the queue. */
  readonly letterId: string;
  readonly queue: Queue;
  /** When it was put there: Unix time in milliseconds. */
  readonly at: number;
}

/** Connections whose posts failed for good. */
export interface NotPosted extends InQueue {
  readonly kind: "not posted";
  readonly message: MessagePosted;
  readonly connections: readonly { readonly connectionId: string; readonly error: string }[];
}

/** A range of a large room's slots that was not served. */
export interface NotServed extends InQueue {
  readonly kind: "not served";
  readonly message: MessagePosted;
  readonly from: string;
  readonly to: string;
  /** The name of the last try's error; not there where the child did not say one. */
  readonly error?: string | undefined;
}

/** A message whose fan-out could not be started. */
export interface NotStarted extends InQueue {
  readonly kind: "not started";
  readonly message: MessagePosted;
  /** The whole event, as JSON text. */
  readonly event: string;
  /** EventBridge's words for what the target answered. */
  readonly error: string;
}

/** A backend's request that the function could not publish. */
export interface NotPublished extends InQueue {
  readonly kind: "not published";
  readonly functionArn: string;
  /** The whole event. */
  readonly event: { readonly id?: string; readonly detail?: { readonly room?: unknown } };
  /** Why Lambda gave up, for example `RetriesExhausted`. */
  readonly condition: string;
  readonly attempts: number;
  /** What the function said last; not there where it never ran. */
  readonly error?: string | undefined;
}

/** What is in the queue, but not as one of ours. */
export interface Unreadable extends InQueue {
  readonly kind: "unreadable";
  readonly problem: string;
}

export type Letter = NotPosted | NotServed | NotStarted | NotPublished | Unreadable;

/**
 * Reads a message of one of the queues; one that nobody of us has put there is `unreadable`.
 * @param message received with its `SentTimestamp` and its message attributes
 */
export const readLetter = (queue: Queue, message: Message): Letter => {
  const sent = Number(message.Attributes?.SentTimestamp ?? 0);
  const inQueue = { letterId: message.MessageId ?? "", queue, at: sent };
  try {
    return { ...inQueue, ...READERS[queue](JSON.parse(message.Body ?? ""), message) };
  } catch (error) {
    return { ...inQueue, kind: "unreadable", problem: error instanceof Error ? error.message : String(error) };
  }
};

type Without<Kind> = Kind extends InQueue ? Omit<Kind, keyof InQueue> : never;
// biome-ignore lint/suspicious/noExplicitAny: it is read field by field, and what is missing is said
type Body = any;

const READERS: Record<Queue, (body: Body, message: Message) => Without<Letter>> = {
  undelivered: (body) => {
    const message = messageIn(body.message);
    const { connections, from, to, error } = body;
    if (Array.isArray(connections)) return { kind: "not posted", message, connections };
    if (typeof from === "string" && typeof to === "string") return { kind: "not served", message, from, to, error };
    throw new Error("It names neither connections nor a range of slots.");
  },
  "not-started": (body, { Body: event = "", MessageAttributes: attributes = {} }) => {
    const said = ["ERROR_CODE", "ERROR_MESSAGE"].map((name) => attributes[name]?.StringValue).filter(Boolean);
    return { kind: "not started", message: messageIn(body.detail), event, error: said.join(": ") };
  },
  unpublished: ({ requestContext, requestPayload, responsePayload }) => {
    const { functionArn, condition, approximateInvokeCount: attempts } = requestContext ?? {};
    if (typeof functionArn !== "string" || !requestPayload) throw new Error("It is no record of an invocation.");
    const { errorType, errorMessage } = responsePayload ?? {};
    const error = errorType === undefined ? undefined : `${errorType}: ${errorMessage}`;
    return { kind: "not published", functionArn, event: requestPayload, condition, attempts, error };
  },
};

const messageIn = (detail: Body): MessagePosted => {
  if (typeof detail?.id === "string" && typeof detail.room === "string") return detail;
  throw new Error("It holds no message.");
};
