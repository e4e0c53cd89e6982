import type { Permission } from "../aws/service.ts";
import type { JsonObject } from "../json.ts";
import { busName } from "./resources.ts";

/**
 * What IAM must allow before an action runs. PutEvents is asked for entry by entry, since its condition keys are an
 * entry's; AWS refuses the whole call when one is denied.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
 */
export const permissionsOf = (action: string, input: JsonObject, arnOf: (path: string) => string): Permission[] => {
  if (action === "PutEvents") {
    const entries = (Array.isArray(input.Entries) ? input.Entries : []) as JsonObject[];
    return entries.map((entry) => ({
      action: "events:PutEvents",
      resource: arnOf(`event-bus/${busName(String(entry?.EventBusName ?? "default"))}`),
      conditions: {
        ...(typeof entry?.Source === "string" && { "events:source": entry.Source }),
        ...(typeof entry?.DetailType === "string" && { "events:detail-type": entry.DetailType }),
      },
    }));
  }
  if (action === "ListTargetsByRule") {
    const bus = busName(String(input.EventBusName ?? "default"));
    const path = `rule/${bus === "default" ? "" : `${bus}/`}${input.Rule}`;
    return [{ action: "events:ListTargetsByRule", resource: arnOf(path) }];
  }
  const { ArchiveName: archive, ReplayName: replay, EventSourceArn: source } = input;
  if (action === "DescribeArchive")
    return [{ action: "events:DescribeArchive", resource: arnOf(`archive/${archive}`) }];
  if (action === "DescribeReplay" || action === "CancelReplay" || action === "StartReplay")
    return [
      { action: `events:${action}`, resource: arnOf(`replay/${replay}`) },
      ...(action === "StartReplay" ? [{ action: "events:StartReplay", resource: String(source) }] : []),
    ];
  return [{ action: `events:${action}`, resource: "*" }];
};
