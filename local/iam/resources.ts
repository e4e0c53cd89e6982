import * as v from "valibot";
import type { Identity, ResourceType } from "../cloudformation/resource-type.ts";
import { managedPolicies } from "./managed-policies.ts";
import { identityPolicy, trustPolicy } from "./policy-document.ts";

const tags = v.array(v.strictObject({ Key: v.string(), Value: v.string() }));
const arnPath = v.pipe(v.string(), v.regex(/^\/(?:.*\/)?$/, "has to begin and end with a slash"));

const awsPrefix = "arn:aws:iam::aws:policy/";
const policyArn = v.pipe(
  v.string(),
  v.check(
    (arn) => !arn.startsWith(awsPrefix) || managedPolicies.has(arn.slice(awsPrefix.length)),
    ({ input }) => `what ${input} allows is not known here; known are ${[...managedPolicies.keys()].join(", ")}`,
  ),
);

/** The document of a policy that AWS keeps, by its ARN; undefined for a policy of the template. */
export const awsManaged = (arn: string) =>
  arn.startsWith(awsPrefix) ? managedPolicies.get(arn.slice(awsPrefix.length)) : undefined;

const named = (property: string, kind: string) => (identity: Identity) => {
  const { partition, account } = identity;
  return `arn:${partition}:iam::${account}:${kind}${identity.property("Path") ?? "/"}${nameOf(property)(identity)}`;
};
const nameOf =
  (property: string) =>
  ({ property: value, generatedName }: Identity) =>
    String(value(property) ?? generatedName);

/** MaxSessionDuration has no effect: credentials here last as long as the runtime. PermissionsBoundary is refused. */
const roleProperties = v.strictObject({
  AssumeRolePolicyDocument: trustPolicy,
  Policies: v.optional(v.array(v.strictObject({ PolicyName: v.string(), PolicyDocument: identityPolicy })), []),
  ManagedPolicyArns: v.optional(v.array(policyArn), []),
  RoleName: v.optional(v.string()),
  Path: v.optional(arnPath),
  Description: v.optional(v.string()),
  MaxSessionDuration: v.optional(v.number()),
  Tags: v.optional(tags),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
export const role: ResourceType<v.InferOutput<typeof roleProperties>> = {
  properties: roleProperties,
  ref: nameOf("RoleName"),
  attributes: { Arn: named("RoleName", "role") },
};

const policyProperties = v.strictObject({
  PolicyName: v.string(),
  PolicyDocument: identityPolicy,
  Roles: v.array(v.string()),
});

/** A policy of roles; users and groups, of which there are none here, are refused. */
export const policy: ResourceType<v.InferOutput<typeof policyProperties>> = {
  properties: policyProperties,
  ref: ({ generatedName }) => generatedName,
  attributes: {},
};

const managedPolicyProperties = v.strictObject({
  ManagedPolicyName: v.optional(v.string()),
  PolicyDocument: identityPolicy,
  Roles: v.optional(v.array(v.string()), []),
  Path: v.optional(arnPath),
  Description: v.optional(v.string()),
});

/** A policy that roles name by its ARN, or that names its roles. */
export const managedPolicy: ResourceType<v.InferOutput<typeof managedPolicyProperties>> = {
  properties: managedPolicyProperties,
  ref: named("ManagedPolicyName", "policy"),
  attributes: { PolicyArn: named("ManagedPolicyName", "policy") },
};

/** Permissions for function URLs, Alexa and organizations are refused by the name of their property. */
const permissionProperties = v.strictObject({
  Action: v.string(),
  FunctionName: v.string(),
  Principal: v.string(),
  SourceArn: v.optional(v.string()),
  SourceAccount: v.optional(v.string()),
});

export type PermissionProperties = v.InferOutput<typeof permissionProperties>;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html */
export const permission: ResourceType<PermissionProperties> = {
  properties: permissionProperties,
  ref: ({ generatedName }) => generatedName,
  attributes: {},
};

export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  "AWS::IAM::Role": role,
  "AWS::IAM::Policy": policy,
  "AWS::IAM::ManagedPolicy": managedPolicy,
  "AWS::Lambda::Permission": permission,
};
