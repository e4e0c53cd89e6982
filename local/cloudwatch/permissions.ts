import type { Permission } from "../aws/service.ts";
import type { Identity } from "../cloudformation/resource-type.ts";
import type { JsonObject } from "../json.ts";

/** A dashboard is of the account, in no Region. */
export const dashboardArn = ({ partition, account }: Pick<Identity, "partition" | "account">, name: string): string =>
  `arn:${partition}:cloudwatch::${account}:dashboard/${name}`;

/**
 * What IAM must allow before an action runs: metrics have no ARNs.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
 */
export const permissionsOf = (
  place: Pick<Identity, "partition" | "region" | "account">,
  action: string,
  input: JsonObject,
): Permission[] => {
  const { partition, region, account } = place;
  const permission = { action: `cloudwatch:${action}`, resource: "*" };
  if (action === "DescribeAlarms") {
    const names = Array.isArray(input.AlarmNames) && input.AlarmNames.length > 0 ? input.AlarmNames : ["*"];
    return names.map((name) => ({
      ...permission,
      resource: `arn:${partition}:cloudwatch:${region}:${account}:alarm:${String(name)}`,
    }));
  }
  if (action === "GetDashboard") return [{ ...permission, resource: dashboardArn(place, String(input.DashboardName)) }];
  if (action === "PutMetricData")
    return [{ ...permission, conditions: { "cloudwatch:namespace": String(input.Namespace) } }];
  return [permission];
};
