import { AwsError } from "../aws/error.ts";
import type { CallContext } from "../aws/service.ts";
import type { JsonObject } from "../json.ts";
import { eachEntry } from "./batch.ts";
import { invalidParameter, optionalInteger, requiredText } from "./errors.ts";
import { readDraft } from "./message.ts";
import { md5, md5OfAttributes } from "./message-attributes.ts";
import type { Queue } from "./queue.ts";
import { queueAttributes } from "./queue-attributes.ts";
import { receiveMessage } from "./receive.ts";

/** What an action is done to. */
export interface Addressed {
  readonly queue: Queue;
  readonly arn: string;
}

type Action = (addressed: Addressed, input: JsonObject, context: CallContext) => Promise<JsonObject>;

const send = async (queue: Queue, input: JsonObject, context: CallContext): Promise<JsonObject> => {
  const draft = readDraft(input, context.traceHeader);
  const MessageId = await queue.send(draft);
  const digest = md5OfAttributes(draft.attributes);
  return { MessageId, MD5OfMessageBody: md5(draft.body), ...(digest && { MD5OfMessageAttributes: digest }) };
};

/** A handle is the message's id and a word for the receive, so that one that never was is told from an old one. */
const receiptHandleOf = (input: JsonObject): string => {
  const handle = requiredText(input, "ReceiptHandle");
  if (/^\S+ \S+$/.test(Buffer.from(handle, "base64url").toString())) return handle;
  throw new AwsError("ReceiptHandleIsInvalid", `The input receipt handle "${handle}" is not a valid receipt handle.`);
};

const remove = async (queue: Queue, input: JsonObject): Promise<JsonObject> => {
  await queue.delete(receiptHandleOf(input));
  return {};
};

/** The actions on one queue. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html */
export const queueActions: Readonly<Record<string, Action>> = {
  SendMessage: ({ queue }, input, context) => send(queue, input, context),
  SendMessageBatch: ({ queue }, input, context) => eachEntry(input, (entry) => send(queue, entry, context)),
  ReceiveMessage: ({ queue }, input, { signal }) => receiveMessage(queue, input, signal),
  DeleteMessage: ({ queue }, input) => remove(queue, input),
  DeleteMessageBatch: ({ queue }, input) => eachEntry(input, (entry) => remove(queue, entry)),

  ChangeMessageVisibility: async ({ queue }, input) => {
    const handle = receiptHandleOf(input);
    const seconds = optionalInteger(input, "VisibilityTimeout", 0, 43_200);
    if (seconds === undefined) throw invalidParameter("VisibilityTimeout", undefined, "It is required.");
    if (queue.changeVisibility(handle, seconds)) return {};
    throw new AwsError("MessageNotInflight", "The message referred to isn't in flight.");
  },

  GetQueueAttributes: async ({ queue, arn }, input) => queueAttributes(queue, arn, input),

  PurgeQueue: async ({ queue }) => {
    await queue.purge();
    return {};
  },
};
