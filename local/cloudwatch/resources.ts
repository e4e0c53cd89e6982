import * as v from "valibot";
import type { Identity, ResourceType } from "../cloudformation/resource-type.ts";
import { type AlarmProperties, alarmProperties } from "./alarm-properties.ts";

const dashboardProperties = v.strictObject({
  DashboardName: v.optional(
    v.pipe(v.string(), v.regex(/^[\w-]{1,255}$/, "a dashboard's name is 1 to 255 of A-Z a-z 0-9 - _")),
  ),
  DashboardBody: v.pipe(v.string(), v.check(isJsonText, "has to be JSON text")),
});
export type DashboardProperties = v.InferOutput<typeof dashboardProperties>;

const named = (property: string) => (resource: Identity) => {
  const given = resource.property(property);
  return typeof given === "string" ? given : resource.generatedName;
};
const alarmName = named("AlarmName");

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_CloudWatch.html */
export const resourceTypes = {
  "AWS::CloudWatch::Alarm": {
    properties: alarmProperties,
    ref: alarmName,
    attributes: {
      Arn: (resource) =>
        `arn:${resource.partition}:cloudwatch:${resource.region}:${resource.account}:alarm:${alarmName(resource)}`,
    },
  } satisfies ResourceType<AlarmProperties>,
  "AWS::CloudWatch::Dashboard": {
    properties: dashboardProperties,
    ref: named("DashboardName"),
    attributes: {},
  } satisfies ResourceType<DashboardProperties>,
};

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
