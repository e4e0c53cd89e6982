import { AwsError } from "../aws/error.ts";
import type { JsonObject } from "../json.ts";
import { textsOf } from "./errors.ts";
import type { Queue } from "./queue.ts";

/**
 * The GetQueueAttributes action; its values are texts, whatever they are.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
 */
export const queueAttributes = (queue: Queue, arn: string, input: JsonObject): JsonObject => {
  const { waiting, inFlight, delayed } = queue.counts();
  const { properties } = queue;
  const all: Record<string, string | number> = {
    QueueArn: arn,
    ApproximateNumberOfMessages: waiting,
    ApproximateNumberOfMessagesNotVisible: inFlight,
    ApproximateNumberOfMessagesDelayed: delayed,
    VisibilityTimeout: properties.VisibilityTimeout,
    DelaySeconds: properties.DelaySeconds,
    ReceiveMessageWaitTimeSeconds: properties.ReceiveMessageWaitTimeSeconds,
    MessageRetentionPeriod: properties.MessageRetentionPeriod,
    MaximumMessageSize: properties.MaximumMessageSize,
  };
  const asked = textsOf(input.AttributeNames);
  const unknown = asked.find((name) => name !== "All" && !Object.hasOwn(all, name));
  if (unknown) throw new AwsError("InvalidAttributeName", `Unknown Attribute ${unknown}.`);
  const chosen = Object.entries(all).filter(([name]) => asked.includes("All") || asked.includes(name));
  return chosen.length > 0
    ? { Attributes: Object.fromEntries(chosen.map(([name, value]) => [name, String(value)])) }
    : {};
};
