import type { Permission } from "../aws/service.ts";

/** A batch needs the same leave as the single action. */
const singleOf = (action: string) => action.replace(/^(SendMessage|DeleteMessage)Batch$/, "$1");

/**
 * What IAM must allow before an action runs on a queue.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
 */
export const permissionOf = (action: string, queueArn: string): Permission => ({
  action: `sqs:${singleOf(action)}`,
  resource: action === "ListQueues" ? "*" : queueArn,
});
