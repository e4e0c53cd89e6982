import * as v from "valibot";
import { jsonObject } from "../cloudformation/json-object.ts";
import type { Identity, ResourceType } from "../cloudformation/resource-type.ts";
import { autoDeleteObjects, bucketDeployment } from "./custom-resources.ts";

/** Nobody reaches a bucket here but in process, by its policy: there is no S3 endpoint that could be open to the public. */
const publicAccessBlock = v.strictObject({
  BlockPublicAcls: v.optional(v.boolean()),
  BlockPublicPolicy: v.optional(v.boolean()),
  IgnorePublicAcls: v.optional(v.boolean()),
  RestrictPublicBuckets: v.optional(v.boolean()),
});

/** Buckets whose objects come with the stack; what would keep, move or announce objects is refused by name. */
const bucketProperties = v.strictObject({
  BucketName: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "is no bucket's name"))),
  PublicAccessBlockConfiguration: v.optional(publicAccessBlock),
  // Objects are in this process's memory only.
  BucketEncryption: v.optional(jsonObject),
  // For people, bills, and CDK's own functions.
  Tags: v.optional(v.array(v.strictObject({ Key: v.string(), Value: v.string() }))),
});

export type BucketProperties = v.InferOutput<typeof bucketProperties>;

const nameOf = (resource: Identity): string => {
  const given = resource.property("BucketName");
  // Lower case, and at most 63 characters.
  return typeof given === "string" ? given : resource.generatedName.toLowerCase().slice(0, 63).replace(/-$/, "");
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html */
export const bucket: ResourceType<BucketProperties> = {
  properties: bucketProperties,
  ref: nameOf,
  attributes: {
    Arn: (resource) => `arn:${resource.partition}:s3:::${nameOf(resource)}`,
    DomainName: (resource) => `${nameOf(resource)}.s3.amazonaws.com`,
    RegionalDomainName: (resource) => `${nameOf(resource)}.s3.${resource.region}.amazonaws.com`,
  },
};

const policyProperties = v.strictObject({ Bucket: v.string(), PolicyDocument: jsonObject });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html */
const bucketPolicy: ResourceType<v.InferOutput<typeof policyProperties>> = {
  properties: policyProperties,
  ref: (resource) => resource.generatedName,
  attributes: {},
};

/** The resource types of S3 that run here, and of those by which CDK fills and empties buckets. */
export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  "AWS::S3::Bucket": bucket,
  "AWS::S3::BucketPolicy": bucketPolicy,
  "Custom::CDKBucketDeployment": bucketDeployment,
  "Custom::S3AutoDeleteObjects": autoDeleteObjects,
};
