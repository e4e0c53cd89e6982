import type { Permission } from "../aws/service.ts";
import type { JsonObject } from "../json.ts";

/** Actions that IAM knows no resource of. */
const WITHOUT_RESOURCE = new Set(["DescribeQueryDefinitions"]);

/**
 * What IAM must allow before an action runs. As AWS names it in its refusals, the resource is a stream of the group
 * even where the action has none: `…:log-group:NAME:log-stream:`, which a policy for `…:log-group:NAME:*` covers.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
 * @param arnPrefix `arn:aws:logs:us-east-1:123456789012:log-group:`
 * @param group the name of the group that is meant; empty for all
 */
export const permissionOf = (arnPrefix: string, action: string, group: string, input: JsonObject): Permission => ({
  action: `logs:${action}`,
  resource: WITHOUT_RESOURCE.has(action) ? "*" : `${arnPrefix}${group}:log-stream:${String(input.logStreamName ?? "")}`,
});
