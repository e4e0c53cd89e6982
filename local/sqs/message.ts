import { AwsError } from "../aws/error.ts";
import type { JsonObject } from "../json.ts";
import { optionalInteger, requiredText } from "./errors.ts";
import { attributesSize, type MessageAttributes, readAttributes } from "./message-attributes.ts";

/** A message as it is sent. */
export interface Draft {
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** The X-Ray header that goes with it. */
  readonly traceHeader?: string;
  /** Where it is left out, the queue's own delay. */
  readonly delaySeconds?: number;
}

/** A message as the queue's journal keeps it. Times are Unix times in milliseconds. */
export type Message = {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly traceHeader: string | null;
  readonly sentAt: number;
  readonly availableAt: number;
};

/** What XML 1.0 can't carry: SQS was XML once, and still refuses it. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/**
 * Reads SendMessage's parameters. The message's own trace header wins over the call's.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html and
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-services-sqs.html
 * @param callTraceHeader the HTTP request's `X-Amzn-Trace-Id`
 * @throws AwsError for what SQS would not take.
 */
export const readDraft = (input: JsonObject, callTraceHeader: string | undefined): Draft => {
  const trace = readAttributes(input.MessageSystemAttributes).AWSTraceHeader?.StringValue ?? callTraceHeader;
  const delaySeconds = optionalInteger(input, "DelaySeconds", 0, 900);
  return {
    body: requiredText(input, "MessageBody"),
    attributes: readAttributes(input.MessageAttributes),
    ...(trace !== undefined && { traceHeader: trace }),
    ...(delaySeconds !== undefined && { delaySeconds }),
  };
};

/** @throws AwsError `InvalidMessageContents` or `InvalidParameterValue` (too long, in bytes) where the queue refuses it. */
export const checkDraft = ({ body, attributes }: Draft, maximumMessageSize: number): void => {
  if (FORBIDDEN.test(body)) {
    throw new AwsError(
      "InvalidMessageContents",
      "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.",
    );
  }
  if (Buffer.byteLength(body) + attributesSize(attributes) > maximumMessageSize) {
    throw new AwsError(
      "InvalidParameterValue",
      `One or more parameters are invalid. Reason: Message must be shorter than ${maximumMessageSize + 1} bytes.`,
    );
  }
};
