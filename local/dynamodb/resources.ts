import * as v from "valibot";
import type { Identity, ResourceType } from "../cloudformation/resource-type.ts";

const attributeName = v.pipe(v.string(), v.minLength(1), v.maxLength(255));

/** A partition key, and perhaps a sort key, in this order, as DynamoDB wants it. */
const keySchema = v.pipe(
  v.array(v.strictObject({ AttributeName: attributeName, KeyType: v.picklist(["HASH", "RANGE"]) })),
  v.minLength(1),
  v.maxLength(2),
);

const globalSecondaryIndex = v.strictObject({
  IndexName: v.pipe(v.string(), v.minLength(3)),
  KeySchema: keySchema,
  Projection: v.strictObject({
    ProjectionType: v.picklist(["ALL", "KEYS_ONLY", "INCLUDE"]),
    NonKeyAttributes: v.optional(v.array(attributeName)),
  }),
});

/**
 * What of `AWS::DynamoDB::Table` runs here. Provisioned throughput, streams, local indexes, imports and resource
 * policies would have an effect that the embedded server does not have, so they are refused by their names.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
 */
const table = v.strictObject({
  TableName: v.optional(v.pipe(v.string(), v.minLength(3), v.maxLength(255))),
  AttributeDefinitions: v.array(
    v.strictObject({ AttributeName: attributeName, AttributeType: v.picklist(["S", "N", "B"]) }),
  ),
  KeySchema: keySchema,
  // Required here although CloudFormation has a default: the default is PROVISIONED, which throttles.
  BillingMode: v.literal("PAY_PER_REQUEST"),
  GlobalSecondaryIndexes: v.optional(v.array(globalSecondaryIndex)),
  TimeToLiveSpecification: v.optional(
    v.strictObject({ Enabled: v.boolean(), AttributeName: v.optional(attributeName) }),
  ),
  // Nothing needs to happen for the rest on one machine: the data folder is backed up, encrypted and deleted by its
  // owner, and tags and the table class are for the bill.
  PointInTimeRecoverySpecification: v.optional(
    v.strictObject({ PointInTimeRecoveryEnabled: v.boolean(), RecoveryPeriodInDays: v.optional(v.number()) }),
  ),
  SSESpecification: v.optional(
    v.strictObject({
      SSEEnabled: v.boolean(),
      SSEType: v.optional(v.literal("KMS")),
      // Who may use the key is checked (`key-permissions.ts`), by its ARN.
      KMSMasterKeyId: v.optional(
        v.pipe(v.string(), v.regex(/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/.+$/, "a key is named by its ARN here")),
      ),
    }),
  ),
  DeletionProtectionEnabled: v.optional(v.boolean()),
  TableClass: v.optional(v.picklist(["STANDARD", "STANDARD_INFREQUENT_ACCESS"])),
  Tags: v.optional(v.array(v.strictObject({ Key: v.string(), Value: v.string() }))),
});

/** The properties of an `AWS::DynamoDB::Table`, resolved and checked. */
export type TableProperties = v.InferOutput<typeof table>;

const nameOf = (resource: Identity): string => String(resource.property("TableName") ?? resource.generatedName);

const tableType: ResourceType<TableProperties> = {
  properties: table,
  ref: nameOf,
  attributes: {
    Arn: (resource) =>
      `arn:${resource.partition}:dynamodb:${resource.region}:${resource.account}:table/${nameOf(resource)}`,
  },
};

/** The resource types of DynamoDB that run here. `Ref` is the table's name. */
export const resourceTypes = { "AWS::DynamoDB::Table": tableType } satisfies Record<string, ResourceType>;
