import * as v from "valibot";
import { jsonObject } from "../cloudformation/json-object.ts";
import type { Identity, ResourceType } from "../cloudformation/resource-type.ts";

const seconds = (least: number, most: number, otherwise: number) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most)), otherwise);

/** Standard queues, with SQS's defaults: what makes a queue FIFO, or redrives from it, is refused by name. */
const queue = v.strictObject({
  QueueName: v.optional(
    v.pipe(v.string(), v.regex(/^[\w-]{1,80}$/, "a standard queue's name is 1 to 80 of A-Z a-z 0-9 - _")),
  ),
  VisibilityTimeout: seconds(0, 43_200, 30),
  DelaySeconds: seconds(0, 900, 0),
  ReceiveMessageWaitTimeSeconds: seconds(0, 20, 0),
  MessageRetentionPeriod: seconds(60, 1_209_600, 345_600),
  /** In bytes; 1 MiB since August 2025. */
  MaximumMessageSize: seconds(1_024, 1_048_576, 1_048_576),
  /** Encryption at rest changes nothing that can be observed on one machine. */
  KmsMasterKeyId: v.optional(v.string()),
  KmsDataKeyReusePeriodSeconds: v.optional(v.number()),
  SqsManagedSseEnabled: v.optional(v.boolean()),
  /** Kept by AWS for people and for bills: nothing happens with them here. */
  Tags: v.optional(v.array(v.strictObject({ Key: v.string(), Value: v.string() }))),
});

const queuePolicy = v.strictObject({
  /** The queues' URLs. */
  Queues: v.array(v.string()),
  PolicyDocument: jsonObject,
});

export type QueueProperties = v.InferOutput<typeof queue>;

const nameOf = (resource: Identity) => {
  const name = resource.property("QueueName");
  return typeof name === "string" ? name : resource.generatedName;
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_SQS.html */
export const resourceTypes = {
  "AWS::SQS::Queue": {
    properties: queue,
    ref: (resource) => `https://sqs.${resource.region}.amazonaws.com/${resource.account}/${nameOf(resource)}`,
    attributes: {
      Arn: (resource) => `arn:${resource.partition}:sqs:${resource.region}:${resource.account}:${nameOf(resource)}`,
      QueueName: nameOf,
      QueueUrl: (resource) => `https://sqs.${resource.region}.amazonaws.com/${resource.account}/${nameOf(resource)}`,
    },
  } satisfies ResourceType<QueueProperties>,
  "AWS::SQS::QueuePolicy": {
    properties: queuePolicy,
    ref: (resource) => resource.generatedName,
    attributes: { Id: (resource) => resource.generatedName },
  } satisfies ResourceType<v.InferOutput<typeof queuePolicy>>,
};
