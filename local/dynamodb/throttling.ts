import { AwsError } from "../aws/error.ts";

/** The calls that use a table's throughput. */
const ROW_CALLS: readonly string[] = [
  "GetItem",
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "Query",
  "Scan",
  "BatchGetItem",
  "BatchWriteItem",
];

/** Whether a call reads or writes rows, so that DynamoDB may throttle it. */
export const mayBeThrottled = (action: string): boolean => ROW_CALLS.includes(action);

/**
 * How DynamoDB refuses a call over a partition's throughput. Tables on demand say "provisioned" too, as reported in
 * aws-samples/sample-collaborative-ai-dlc pull 443. The SDKs retry it by themselves:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 */
export const throughputExceeded = (): AwsError =>
  new AwsError(
    "ProvisionedThroughputExceededException",
    "The level of configured provisioned throughput for the table was exceeded. " +
      "Consider increasing your provisioning level with the UpdateTable API.",
  );
