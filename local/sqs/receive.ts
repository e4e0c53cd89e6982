import type { Json, JsonObject } from "../json.ts";
import { optionalInteger, textsOf } from "./errors.ts";
import { chosenAttributes, md5, md5OfAttributes } from "./message-attributes.ts";
import type { Queue, Received } from "./queue.ts";

/**
 * The ReceiveMessage action. Of the system attributes it knows SentTimestamp, ApproximateReceiveCount,
 * ApproximateFirstReceiveTimestamp and AWSTraceHeader; SenderId would be an IAM unique id, and there are none here.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
 */
export const receiveMessage = async (queue: Queue, input: JsonObject, signal?: AbortSignal): Promise<JsonObject> => {
  const { VisibilityTimeout, ReceiveMessageWaitTimeSeconds } = queue.properties;
  const received = await queue.receive(
    optionalInteger(input, "MaxNumberOfMessages", 1, 10) ?? 1,
    optionalInteger(input, "VisibilityTimeout", 0, 43_200) ?? VisibilityTimeout,
    optionalInteger(input, "WaitTimeSeconds", 0, 20) ?? ReceiveMessageWaitTimeSeconds,
    signal,
  );
  return received.length > 0 ? { Messages: received.map((one) => shown(one, input)) } : {};
};

const shown = (received: Received, input: JsonObject): JsonObject => {
  const { id, body, attributes } = received.message;
  const own = chosenAttributes(attributes, textsOf(input.MessageAttributeNames));
  const system = chosenSystemAttributes(received, input);
  const digest = md5OfAttributes(own);
  return {
    MessageId: id,
    ReceiptHandle: received.receiptHandle,
    Body: body,
    MD5OfBody: md5(body),
    ...(digest && { MessageAttributes: own as JsonObject, MD5OfMessageAttributes: digest }),
    ...(Object.keys(system).length > 0 && { Attributes: system }),
  };
};

const chosenSystemAttributes = ({ message, receiveCount, firstReceivedAt }: Received, input: JsonObject) => {
  const asked = [...textsOf(input.MessageSystemAttributeNames), ...textsOf(input.AttributeNames)];
  const all: Record<string, Json> = {
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(receiveCount),
    ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
    ...(message.traceHeader && { AWSTraceHeader: message.traceHeader }),
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => asked.includes("All") || asked.includes(name)));
};
