import type { CallService } from "../../aws/service.ts";
import type { Json, JsonObject } from "../../json.ts";
import { ExecutionError } from "../asl/errors.ts";
import type { Integration, TaskCall } from "../asl/integration.ts";
import { callContext, objectOf } from "./aws-sdk.ts";
import { responseMetadata } from "./metadata.ts";
import { type ErrorNames, namingErrors } from "./task-error.ts";

/** An optimized integration of one action of one service. */
interface Optimized {
  readonly signingName: string;
  readonly action: string;
  /** The fields it takes; others are refused when the definition is loaded. */
  readonly fields: readonly string[];
  readonly errors: ErrorNames;
  /** What is sent for the state's Arguments. */
  request?(args: JsonObject, call: TaskCall): JsonObject;
  /** @throws ExecutionError for an answer that hides a failure. */
  check?(response: JsonObject): void;
}

/** The errors' names are those of the first SDK for Java, which these integrations were built on. */
const errors = (prefix: string, unmodelled: string, names: readonly string[]): ErrorNames => ({
  prefix,
  unmodelled,
  isModelled: (name) => names.includes(name),
});

const dynamoDbErrors = errors("DynamoDB", "AmazonDynamoDBException", [
  ...["ConditionalCheckFailedException", "InternalServerError", "ItemCollectionSizeLimitExceededException"],
  ...["ProvisionedThroughputExceededException", "RequestLimitExceeded", "ResourceNotFoundException"],
  ...["TransactionConflictException"],
]);

const dynamoDb = (action: string, fields: readonly string[]): Optimized => ({
  signingName: "dynamodb",
  action,
  fields: ["TableName", "ExpressionAttributeNames", "ReturnConsumedCapacity", ...fields],
  errors: dynamoDbErrors,
});

const asText = (value: Json | undefined) => (typeof value === "string" ? value : JSON.stringify(value));

/**
 * By the end of the Resource. https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html,
 * connect-sqs.html and connect-ddb.html there.
 */
const integrations: Readonly<Record<string, Optimized>> = {
  "events:putEvents": {
    signingName: "events",
    action: "PutEvents",
    fields: ["Entries"],
    errors: errors("EventBridge", "AmazonEventBridgeException", ["InternalException"]),
    request: ({ Entries, ...rest }, { executionArn, stateMachineArn }) => ({
      ...rest,
      Entries: (Array.isArray(Entries) ? Entries : []).map((item) => {
        const { Resources, Detail, ...entry } = objectOf(item);
        const resources = [...(Array.isArray(Resources) ? Resources : []), executionArn, stateMachineArn];
        return { ...entry, ...(Detail === undefined ? {} : { Detail: asText(Detail) }), Resources: resources };
      }),
    }),
    check(response) {
      if (response.FailedEntryCount) throw new ExecutionError("EventBridge.FailedEntry", JSON.stringify(response));
    },
  },
  "sqs:sendMessage": {
    signingName: "sqs",
    action: "SendMessage",
    fields: [
      ...["QueueUrl", "MessageBody", "DelaySeconds", "MessageAttributes"],
      ...["MessageDeduplicationId", "MessageGroupId"],
    ],
    errors: errors("SQS", "AmazonSQSException", [
      "InvalidMessageContents",
      "QueueDoesNotExist",
      "UnsupportedOperation",
    ]),
    request: ({ MessageBody, ...rest }) => ({ ...rest, MessageBody: asText(MessageBody) }),
  },
  "dynamodb:getItem": dynamoDb("GetItem", ["Key", "AttributesToGet", "ConsistentRead", "ProjectionExpression"]),
  "dynamodb:putItem": dynamoDb("PutItem", [
    ...["Item", "ConditionExpression", "ExpressionAttributeValues", "ReturnItemCollectionMetrics", "ReturnValues"],
  ]),
  "dynamodb:updateItem": dynamoDb("UpdateItem", [
    ...["Key", "ConditionExpression", "ExpressionAttributeValues", "ReturnItemCollectionMetrics", "ReturnValues"],
    "UpdateExpression",
  ]),
  "dynamodb:deleteItem": dynamoDb("DeleteItem", [
    ...["Key", "ConditionExpression", "ExpressionAttributeValues", "ReturnItemCollectionMetrics", "ReturnValues"],
  ]),
};

/** The optimized integrations that are run here, without Lambda's: `events:putEvents`, … */
export const optimizedIntegrations = Object.keys(integrations);

/** The fields that an optimized integration takes. */
export const optimizedFields = (name: string): readonly string[] | undefined => integrations[name]?.fields;

/** An optimized integration by its name. @param requestId makes an id for the answer. */
export const optimized = (callService: CallService, requestId: () => string, name: string): Integration | undefined => {
  const found = integrations[name];
  if (!found) return undefined;
  const { signingName, action, request, check } = found;
  const [resourceType = "", resource = ""] = name.split(":");
  return {
    events: "Task",
    resourceType,
    resource,
    async run(args, call) {
      const fields = objectOf(args);
      const input = request ? request(fields, call) : fields;
      const response = await namingErrors(found.errors, () =>
        callService(signingName, action, input, callContext(call)),
      );
      check?.(response);
      const length = String(Buffer.byteLength(JSON.stringify(response)));
      const headers = { "Content-Length": length, "Content-Type": "application/x-amz-json-1.1" };
      return { ...response, ...responseMetadata(requestId(), headers) };
    },
  };
};
