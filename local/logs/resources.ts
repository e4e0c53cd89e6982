import * as v from "valibot";
import type { Identity, ResourceType } from "../cloudformation/resource-type.ts";

const logGroupProperties = v.strictObject({
  LogGroupName: v.optional(v.string()),
  RetentionInDays: v.optional(v.number()),
  // Lines are kept on this machine, where nobody bills them, and nothing is to be kept from who runs it.
  KmsKeyId: v.optional(v.string()),
  LogGroupClass: v.optional(v.literal("STANDARD")),
  DeletionProtectionEnabled: v.optional(v.boolean()),
  Tags: v.optional(v.array(v.strictObject({ Key: v.string(), Value: v.string() }))),
});

/** `AWS::Logs::LogGroup`. */
export type LogGroupProperties = v.InferOutput<typeof logGroupProperties>;

const nameOf = (resource: Identity): string => {
  const given = resource.property("LogGroupName");
  return typeof given === "string" ? given : resource.generatedName;
};

export const logGroup: ResourceType<LogGroupProperties> = {
  properties: logGroupProperties,
  ref: nameOf,
  attributes: {
    // The ":*" is part of the attribute, https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
    Arn: (resource) =>
      `arn:${resource.partition}:logs:${resource.region}:${resource.account}:log-group:${nameOf(resource)}:*`,
  },
};

const queryDefinitionProperties = v.strictObject({
  Name: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
  QueryString: v.pipe(v.string(), v.minLength(1), v.maxLength(10_000)),
  LogGroupNames: v.optional(v.array(v.string()), []),
  QueryLanguage: v.optional(v.picklist(["CWLI", "SQL", "PPL"]), "CWLI"),
});

/** `AWS::Logs::QueryDefinition`. */
export type QueryDefinitionProperties = v.InferOutput<typeof queryDefinitionProperties>;

/** AWS gives it a random UUID; here it is the same at each start. */
const queryDefinitionId = (resource: Identity): string => resource.generatedName;

/** A saved query of Logs Insights: kept and described, while no query is run here. */
export const queryDefinition: ResourceType<QueryDefinitionProperties> = {
  properties: queryDefinitionProperties,
  ref: queryDefinitionId,
  attributes: { QueryDefinitionId: queryDefinitionId },
};

/** The resource types of CloudWatch Logs that run here. */
export const resourceTypes: Record<string, ResourceType> = {
  "AWS::Logs::LogGroup": logGroup,
  "AWS::Logs::QueryDefinition": queryDefinition,
};
